/** What clients reach by links: their token leads to their number, which stands in no address. */
export const PUBLIC_SCHEMA = `
CREATE TABLE public_links (
  token TEXT PRIMARY KEY,             -- 128 bits that cannot be guessed
  recipient TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX public_links_recipient ON public_links(recipient);

-- Who wants offers at most once a month, by the marks of the opt-out list.
CREATE TABLE monthly_offers (
  mark BLOB PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
