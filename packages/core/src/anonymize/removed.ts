/** Stands for a value that is left out. */
export const REMOVED: unique symbol = Symbol('removed')
