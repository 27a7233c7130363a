import type { List } from '../api/use-list.ts';
import { EmptyState } from './empty-state.tsx';
import type { IconName } from './icon.tsx';
import { Table, type TableProps } from './table.tsx';
import { Waiting } from './waiting.tsx';
import { partWords } from './words.ts';

interface ListingProps<T> extends Omit<TableProps<T>, 'rows'> {
  readonly list: Pick<List<T>, 'rows' | 'refusal' | 'hasMore' | 'more'>;
  readonly icon: IconName;
  /** Said where there is nothing. */
  readonly none: string;
  /** And what to do next. */
  readonly noneText: string;
}

/** A list of the API as a table, page by page. */
export function Listing<T>({ list: { rows, refusal, hasMore, more }, icon, none, noneText, ...table }: ListingProps<T>) {
  return (
    <>
      <Waiting data={rows} refusal={refusal}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon={icon} title={none} text={noneText} />
          ) : (
            <section class="card">
              <Table rows={found} {...table} />
            </section>
          )
        }
      </Waiting>
      {hasMore && (
        <button type="button" class="button plain" onClick={more}>
          {partWords('more')}
        </button>
      )}
    </>
  );
}
