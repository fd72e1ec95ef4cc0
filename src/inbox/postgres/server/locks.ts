/** Keys of advisory locks: `tiding` in ASCII and a number. They are shared with every other program on the database. */
const TIDING = 0x7469_6469_6e67;

/** Whoever appends: ids grow in the order of commit over all machines. */
export const APPEND_LOCK = TIDING * 4 + 1;
export const MIGRATE_LOCK = TIDING * 4 + 2;

/** Held by the session of `tidings migrate --from … --to …` on both of its databases: one at a time. */
export const COPY_LOCK = TIDING * 4 + 3;

/** Whoever changes what is known of subjects: they and the cards that show them are changed by one at a time. */
export const SUBJECTS_LOCK = TIDING * 4;
