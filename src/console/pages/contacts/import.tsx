import { useSignal } from '@preact/signals';
import type { ContactImport } from '../../../http/schemas/contact-import.ts';
import { api, withQuery } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { now } from '../../browser-clock.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { Banner } from '../../parts/banner.tsx';
import { Check, Choice, type Option, TextArea } from '../../parts/field.tsx';
import { FileField } from '../../parts/file-field.tsx';
import { Form } from '../../parts/form.tsx';
import { toast } from '../../parts/toast.tsx';
import { addressOf, go } from '../../state/place.ts';
import { me } from '../../state/session.ts';
import { problemWords, refusedRowWords } from '../../words/problems.ts';
import { headingsOf } from './headings.ts';
import { importWords as words } from './import-words.ts';
import { words as common } from './words.ts';

const TARGETS = [
  'externalId',
  'name',
  'firstName',
  'lastName',
  'numbers',
  'language',
  'timeZone',
  'tags',
  'preferredChannel',
  'branch',
] as const;

const SKIP = '-';

/** A field that the site names itself: as the heading has it, in letters that a text may name. */
const ownTarget = (heading: string): string => `fields.${heading.replace(/[^\p{L}\p{N}_]+/gu, '_').replace(/^[^\p{L}]+/u, '') || 'field'}`;

/** A list comes in: a file, what its columns hold, what it would do, and then it does it. */
export function ImportContacts() {
  const file = useSignal<File | undefined>(undefined);
  const headings = useSignal<readonly string[]>([]);
  const mapping = useSignal<Readonly<Record<string, string>>>({});
  const outlook = useSignal<ContactImport | undefined>(undefined);
  const isAgreed = useSignal(false);
  const wording = useSignal('');
  const deed = useDeed();

  const upload = (chosen: File, dryRun: boolean): Promise<ContactImport> => {
    const consent = {
      purpose: 'promotional',
      source: 'import',
      wording: wording.value.trim(),
      actor: me().name,
      at: new Date(now()).toISOString(),
    };
    const path = withQuery('/v1/contacts/import', {
      dryRun,
      mapping: JSON.stringify(mapping.value),
      rows: 0,
      consent: isAgreed.value && !dryRun ? JSON.stringify(consent) : undefined,
    });
    return api.upload<ContactImport>(path, 'text/csv', chosen);
  };
  const look = async (chosen: File): Promise<void> => {
    headings.value = await headingsOf(chosen);
    // Where it is refused, the columns are shown all the same: saying what they hold may be what it lacks.
    outlook.value = await deed.ask(() => upload(chosen, true), { quietly: true });
  };
  const choose = (chosen: File | undefined): void => {
    file.value = chosen;
    mapping.value = {};
    outlook.value = undefined;
    if (chosen) void look(chosen);
  };
  const map = (heading: string, target: string): void => {
    mapping.value = { ...mapping.value, [heading]: target };
    if (file.value) void look(file.value);
  };
  const run = async (): Promise<void> => {
    const chosen = file.value;
    if (!chosen) return;
    const done = await deed.ask(() => upload(chosen, false), { quietly: true });
    if (!done) return;
    toast('good', words('done', { created: done.created, changed: done.changed }));
    go(addressOf('contacts'));
  };

  const seen = outlook.value;
  const willCome = seen ? seen.created + seen.changed : 0;
  return (
    <>
      <BackLink href={addressOf('contacts')} label={common('back')} />
      <h1>{words('title')}</h1>
      <Form class="card stack contact-form" onSubmit={run}>
        <FileField label={words('file')} hint={words('fileHint')} accept=".csv,.txt,text/csv" onChoose={choose} />
        {deed.refusal && <Banner tone="bad" text={problemWords(deed.refusal)} />}
        {deed.isBusy && !seen && <p class="quiet">{words('reading')}</p>}
        {headings.value.length > 0 && file.value && (
          <Columns headings={headings.value} known={seen?.columns ?? []} mapping={mapping.value} onMap={map} />
        )}
        {seen && (
          <>
            <Outlook seen={seen} />
            <Check
              label={words('agreed')}
              checked={isAgreed.value}
              hint={words('agreedHint')}
              onChange={(on) => {
                isAgreed.value = on;
              }}
            />
            {isAgreed.value && <TextArea label={words('wording')} value={wording} rows={3} required maxLength={2000} />}
            <div>
              <button type="submit" class="button primary" disabled={deed.isBusy || willCome === 0}>
                {words('run', { n: willCome })}
              </button>
            </div>
          </>
        )}
      </Form>
    </>
  );
}

function Columns({
  headings,
  known: columns,
  mapping,
  onMap,
}: {
  headings: readonly string[];
  known: ContactImport['columns'];
  mapping: Readonly<Record<string, string>>;
  onMap: (heading: string, target: string) => void;
}) {
  const known = new Map(columns.map(({ heading, target }) => [heading, target]));
  return (
    <section class="stack tight">
      <h2>{words('columns')}</h2>
      <div class="contact-pair">
        {headings.map((heading) => {
          const own = ownTarget(heading);
          const target = mapping[heading] ?? known.get(heading) ?? SKIP;
          return (
            <Choice
              key={heading}
              label={heading}
              value={target}
              options={[
                // What was chosen cannot be unchosen by a word of the mapping; such a file is chosen anew.
                ...(target === SKIP ? [{ value: SKIP, label: words('skip') }] : []),
                ...TARGETS.map((one): Option<string> => ({ value: one, label: words(one) })),
                { value: own, label: `${words('ownField')}: ${own.slice('fields.'.length)}` },
                ...(target.startsWith('fields.') && target !== own ? [{ value: target, label: target.slice('fields.'.length) }] : []),
              ]}
              onChoose={(chosen) => {
                if (chosen !== SKIP) onMap(heading, chosen);
              }}
            />
          );
        })}
      </div>
    </section>
  );
}

const MOST_ERRORS = 20;

const targetName = (field: string): string | undefined => (TARGETS.some((one) => one === field) ? words.maybe(field) : undefined);

function Outlook({ seen: { created, changed, kept, refused, errors } }: { seen: ContactImport }) {
  const counts = [
    ['created', created],
    ['changed', changed],
    ['kept', kept],
    ['refused', refused],
  ] as const;
  return (
    <section class="stack tight">
      <h2>{words('would')}</h2>
      <dl class="contact-counts">
        {counts.map(([name, n]) => (
          <div key={name} class={name === 'refused' && n > 0 ? 'warn' : ''}>
            <dt>{words(name)}</dt>
            <dd>{n}</dd>
          </div>
        ))}
      </dl>
      <ul class="small stack tight">
        {errors.slice(0, MOST_ERRORS).map((error) => (
          <li key={error.row} class="written">
            {refusedRowWords(error, targetName)}
          </li>
        ))}
        {errors.length > MOST_ERRORS && <li class="quiet">{words('moreErrors', { n: errors.length - MOST_ERRORS })}</li>}
      </ul>
    </section>
  );
}
