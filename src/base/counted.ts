/** `1 message`, `2 messages`: for the English of the command line. */
export const counted = (n: number, one: string, several: string): string => `${n} ${n === 1 ? one : several}`;
