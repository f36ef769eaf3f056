/** The command was asked for something that makes no sense; ends the program with exit code 2. */
export class UsageError extends Error {}
