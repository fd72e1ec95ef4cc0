/**
 * What opening a database does to it. `create`: made where it is not there, and upgraded where it is older. `write`: used as it
 * is, and refused where it is older. `read`: the same, and nothing in it changes, whatever is asked.
 */
export type Access = 'create' | 'write' | 'read';
