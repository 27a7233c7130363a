import type { ComponentChildren } from 'preact';

export interface Column<T> {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: T) => ComponentChildren;
  /**
   * `number` stands at the right; `grow` takes what is left; on a phone `minor` is left out, `named` has its label before it, and `deeds`,
   * its buttons, come last.
   */
  readonly kind?: 'number' | 'grow' | 'minor' | 'named' | 'deeds';
}

export interface TableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** Where the row leads; its first cell is the link. */
  readonly hrefOf?: (row: T) => string;
}

/** Rows of one kind. On a phone each becomes a card with the same cells, their labels before them. */
export function Table<T>({ caption, columns, rows, keyOf, hrefOf }: TableProps<T>) {
  return (
    <table class="table">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" class={column.kind}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} class={hrefOf ? 'leads' : ''}>
            {columns.map((column, n) => (
              <td key={column.key} class={column.kind} data-label={column.label}>
                {n === 0 && hrefOf ? <a href={hrefOf(row)}>{column.cell(row)}</a> : column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
