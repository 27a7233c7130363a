/**
 * What Ajv leaves out for a schema of our own: the tests hold each against its metaschema, and code that is not made shorter
 * is compiled in half the time and runs as fast. Each compiled metaschema and each such pass made the daemon's start longer.
 */
export const OWN_SCHEMA = { validateSchema: false, code: { optimize: false } } as const;
