/** One row as it is stored. */
export type StoredRow = Readonly<Record<string, string | number | null>>;

/** All that the store knows of a number: rows by table, without tables that have none. */
export type PersonRecords = ReadonlyMap<string, readonly StoredRow[]>;

export type ErasureOutcome =
  | { readonly kind: 'erased'; readonly rows: number; readonly cancelled: number }
  /** So many messages to the number are on their way, and must end first. Nothing was changed. */
  | { readonly kind: 'underWay'; readonly messages: number };
