/** Events about the box itself: what happened stands in the event's own columns, since it is about no other row. */
export const NOTICES_SCHEMA = `
ALTER TABLE events ADD COLUMN notice TEXT;                 -- the type of such an event, 'backup.failed'
ALTER TABLE events ADD COLUMN detail TEXT;                 -- one sentence
`;
