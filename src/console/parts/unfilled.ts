/** What is still to be filled in of a text that began as a template, as it stands there. */
export const unfilledIn = (text: string): string | undefined => /\[[A-Za-z]\w*\]/.exec(text)?.[0];
