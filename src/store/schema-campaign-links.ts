/** Short links in texts of campaigns: a word that says nothing of anybody, where it leads, and when it was first followed. */
export const CAMPAIGN_LINKS_SCHEMA = `
CREATE TABLE campaign_links (
  token TEXT PRIMARY KEY,
  campaign_seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  url TEXT NOT NULL,
  clicked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_links_recipient ON campaign_links(campaign_seq, n);
`;
