// For `node --import`, in every thread: so many milliseconds later than it is.
const ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const { now } = Date;
Date.now = () => now() + ahead;
