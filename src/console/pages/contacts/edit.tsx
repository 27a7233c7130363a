import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { Contact, Resource as ResourceSchema, SetContact } from '../../../http/schemas/contact.ts';
import { api, newKey, Refusal } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { phone } from '../../i18n/format.ts';
import { Banner } from '../../parts/banner.tsx';
import { Choice, Field, TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { partWords } from '../../parts/words.ts';
import { addressOf, go } from '../../state/place.ts';
import { CLIENT_LANGUAGES, clientLanguages } from '../../words/languages.ts';
import { noteWords } from '../../words/note.ts';
import { editedField, NOTE, readField } from './own-fields.ts';
import { words } from './words.ts';

const CHANNELS = ['sms', 'call', 'landline', 'noSms'] as const;

/** A contact to be written: a new one, or the one of this id. @param number of a new one, where it is known */
export function EditContact({ id, number = '' }: { id?: string; number?: string }) {
  const { data, refusal } = useData<Contact>(id === undefined ? null : `/v1/contacts/${encodeURIComponent(id)}`);
  return (
    <>
      <h1>{words(id === undefined ? 'add' : 'edit')}</h1>
      {id === undefined ? (
        <ContactForm before={undefined} number={number} />
      ) : (
        <Waiting data={data} refusal={refusal}>
          {(before) => <ContactForm before={before} number="" />}
        </Waiting>
      )}
    </>
  );
}

interface Row {
  readonly n: number;
  readonly name: string;
  readonly value: string;
}

function ContactForm({ before, number }: { before: Contact | undefined; number: string }) {
  const externalId = useSignal(before?.externalId ?? '');
  const name = useSignal(before?.name ?? '');
  const firstName = useSignal(before?.firstName ?? '');
  const numbers = useSignal(before ? before.numbers.map(phone).join('\n') : number);
  const tags = useSignal((before?.tags ?? []).join(', '));
  const language = useSignal<(typeof CLIENT_LANGUAGES)[number] | ''>(before?.language ?? '');
  const timeZone = useSignal(before?.timeZone ?? '');
  const channel = useSignal<(typeof CHANNELS)[number]>(before?.preferredChannel ?? 'sms');
  const branch = useSignal(before?.branch ?? '');
  const fields = useSignal<readonly Row[]>(
    Object.entries(before?.fields ?? {})
      .filter(([field]) => field !== NOTE)
      .map(([field, value], n) => ({ n, name: field, value: editedField(value) })),
  );
  const note = useSignal(before?.fields[NOTE] === undefined ? '' : editedField(before.fields[NOTE]));
  const branches = useList<Static<typeof ResourceSchema>>('/v1/resources?kind=branch&limit=500');
  const deed = useDeed();
  const isTaken = useSignal(false);

  const written = (): SetContact => ({
    name: name.value.trim(),
    firstName: firstName.value.trim() === '' ? null : firstName.value.trim(),
    numbers: lines(numbers.value, /\n/),
    language: language.value === '' ? null : language.value,
    timeZone: timeZone.value.trim() === '' ? null : timeZone.value.trim(),
    tags: lines(tags.value, /,/),
    fields: Object.fromEntries(
      [...fields.value, { name: NOTE, value: note.value }]
        .map(({ name: field, value }) => [field.trim(), value] as const)
        .filter(([field, value]) => field !== '' && value.trim() !== '')
        .map(([field, value]) => [field, readField(value, before?.fields[field])]),
    ),
    preferredChannel: channel.value,
    branch: branch.value === '' ? null : branch.value,
  });

  const submit = async (): Promise<void> => {
    const id = externalId.value.trim() || `desk-${newKey().slice(0, 12)}`;
    isTaken.value = false;
    const kept = await deed.ask(
      async () => {
        if (before === undefined && (await isThere(id))) {
          isTaken.value = true;
          return undefined;
        }
        return await api.put<Contact>(`/v1/contacts/${encodeURIComponent(id)}`, written());
      },
      { quietly: true },
    );
    if (kept) go(addressOf('contacts', ['of', kept.externalId]));
  };

  const change = (n: number, part: Partial<Pick<Row, 'name' | 'value'>>): void => {
    fields.value = fields.value.map((row) => (row.n === n ? { ...row, ...part } : row));
  };

  const problem = (pointer: string): string | undefined => problemAt(deed.refusal, pointer);
  return (
    <Form class="card stack contact-form" onSubmit={submit} refusal={deed.refusal}>
      {isTaken.value && <Banner tone="warn" text={words('idTaken')} />}
      <Field label={words('name')} value={name} hint={words('nameHint')} required autofocus maxLength={200} problem={problem('/name')} />
      <TextArea label={words('numbers')} value={numbers} hint={words('numbersHint')} rows={2} problem={problem('/numbers')} />
      <div class="contact-pair">
        <Field label={words('firstName')} value={firstName} hint={words('firstNameHint')} maxLength={100} problem={problem('/firstName')} />
        <Choice
          label={words('language')}
          value={language.value}
          options={[
            { value: '', label: words('siteLanguage') },
            ...CLIENT_LANGUAGES.map((one) => ({ value: one, label: clientLanguages(one) })),
          ]}
          onChoose={(chosen) => {
            language.value = chosen;
          }}
        />
        <Choice
          label={words('channel')}
          value={channel.value}
          options={CHANNELS.map((one) => ({ value: one, label: words(one) }))}
          onChoose={(chosen) => {
            channel.value = chosen;
          }}
        />
        <Choice
          label={words('branch')}
          value={branch.value}
          options={[
            { value: '', label: words('noBranch') },
            ...(branches.rows ?? []).map(({ externalId: value, name: label }) => ({ value, label })),
            ...(branch.value !== '' && !branches.rows?.some((one) => one.externalId === branch.value)
              ? [{ value: branch.value, label: branch.value }]
              : []),
          ]}
          onChoose={(chosen) => {
            branch.value = chosen;
          }}
        />
        <Field label={words('tags')} value={tags} hint={words('tagsHint')} problem={problem('/tags')} />
        <Field label={words('timeZone')} value={timeZone} hint={words('timeZoneHint')} maxLength={64} problem={problem('/timeZone')} />
      </div>
      <TextArea
        label={noteWords('note')}
        value={note}
        hint={noteWords('hint')}
        rows={2}
        maxLength={500}
        problem={problem(`/fields/${NOTE}`)}
      />
      <fieldset class="plain-set stack tight">
        <legend>{words('fields')}</legend>
        <p class="quiet small">{words('fieldsHint')}</p>
        {fields.value.map((row) => (
          <div key={row.n} class="contact-field">
            <input
              aria-label={words('fieldName')}
              placeholder={words('fieldName')}
              value={row.name}
              maxLength={60}
              onInput={(event) => change(row.n, { name: event.currentTarget.value })}
            />
            <input
              aria-label={words('fieldValue')}
              placeholder={words('fieldValue')}
              value={row.value}
              maxLength={500}
              onInput={(event) => change(row.n, { value: event.currentTarget.value })}
            />
            <button
              type="button"
              class="icon-button"
              aria-label={words('removeField', { name: row.name })}
              onClick={() => {
                fields.value = fields.value.filter(({ n }) => n !== row.n);
              }}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
        {problem('/fields') && <p class="problem">{problem('/fields')}</p>}
        <div>
          <button
            type="button"
            class="button slim"
            onClick={() => {
              fields.value = [...fields.value, { n: Math.max(0, ...fields.value.map(({ n }) => n)) + 1, name: '', value: '' }];
            }}
          >
            {words('addField')}
          </button>
        </div>
      </fieldset>
      {before === undefined && (
        <Field
          label={words('externalId')}
          value={externalId}
          hint={words('externalIdHint')}
          maxLength={64}
          problem={problem('/externalId')}
        />
      )}
      <div class="row">
        <button type="submit" class="button primary" disabled={deed.isBusy}>
          {words('save')}
        </button>
        <a class="button" href={before ? addressOf('contacts', ['of', before.externalId]) : addressOf('contacts')}>
          {partWords('cancel')}
        </a>
      </div>
    </Form>
  );
}

const lines = (text: string, between: RegExp): string[] =>
  text
    .split(between)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A new contact must not stand in the place of another. */
async function isThere(id: string): Promise<boolean> {
  try {
    await api.get(`/v1/contacts/${encodeURIComponent(id)}`);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'notFound') return false;
    throw error;
  }
}
