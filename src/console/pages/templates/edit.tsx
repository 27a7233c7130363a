import { useSignal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import type { Contact } from '../../../http/schemas/contact.ts';
import type { Template } from '../../../http/schemas/template.ts';
import { api, type ListOf } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { BackLink } from '../../parts/back-link.tsx';
import { Banner } from '../../parts/banner.tsx';
import { Choice, Field, TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf, go } from '../../state/place.ts';
import { may, site } from '../../state/session.ts';
import { CLIENT_LANGUAGES, clientLanguages } from '../../words/languages.ts';
import { problemWords } from '../../words/problems.ts';
import { COMMON_FIELDS, exampleOf, fieldsIn } from './examples.ts';
import { templateName } from './names.ts';
import { Preview } from './preview.tsx';
import { usePreview } from './use-preview.ts';
import { words } from './words.ts';

type Language = (typeof CLIENT_LANGUAGES)[number];

export function EditTemplate({ name }: { name: string }) {
  const { data, refusal, reload } = useData<Template>(`/v1/templates/${encodeURIComponent(name)}`);
  return (
    <>
      <Back />
      <Waiting data={data} refusal={refusal}>
        {(template) => <Editor template={template} onChanged={reload} />}
      </Waiting>
    </>
  );
}

/** One that there is not yet is written like one that is empty. */
export function NewTemplate() {
  return (
    <>
      <Back />
      <Editor template={undefined} onChanged={() => {}} />
    </>
  );
}

const Back = () => <BackLink href={addressOf('templates')} label={words('back')} />;

function Editor({ template, onChanged }: { template: Template | undefined; onChanged: () => void }) {
  const [inLanguage, setLanguage] = useState<Language>(
    template?.texts[site().language] === undefined && template ? firstOf(template) : site().language,
  );
  const name = useSignal('');
  const drafts = useSignal<Readonly<Partial<Record<Language, string>>>>({});
  const stored = template?.texts[inLanguage] ?? '';
  const text = drafts.value[inLanguage] ?? stored;
  const deed = useDeed();
  const [isReverting, revert] = useState(false);

  const write = (written: string): void => {
    drafts.value = { ...drafts.value, [inLanguage]: written };
  };
  const save = async (): Promise<void> => {
    const called = template?.name ?? name.value.trim();
    const kept = await deed.ask(() => putTexts(called, { ...ownTexts(template), ...changed(drafts.value) }), { done: words('saved') });
    if (!kept) return;
    drafts.value = {};
    if (template) onChanged();
    else go(addressOf('templates', ['of', called]));
  };
  const takeBack = async (): Promise<void> => {
    if (!template) return;
    const { [inLanguage]: gone, ...others } = ownTexts(template);
    const path = `/v1/templates/${encodeURIComponent(template.name)}`;
    const isLast = Object.keys(others).length === 0;
    const done = await deed.ask<unknown>(() => (isLast ? api.delete(path) : putTexts(template.name, others)), { done: words('reverted') });
    revert(false);
    if (done === undefined || gone === undefined) return;
    drafts.value = {};
    if (isLast && !template.shipped) go(addressOf('templates'));
    else onChanged();
  };

  return (
    <>
      <header class="page-head">
        <h1 class="written">{template ? templateName(template.name) : words('add')}</h1>
        {template && <code class="quiet">{template.name}</code>}
      </header>
      <div class="template-columns">
        <Form class="card stack" onSubmit={save}>
          {!template && (
            <Field
              label={words('name')}
              value={name}
              hint={words('nameHint')}
              required
              autofocus
              maxLength={60}
              problem={problemAt(deed.refusal, '/name')}
            />
          )}
          <Segmented
            label={words('language')}
            value={inLanguage}
            options={CLIENT_LANGUAGES.map((one) => ({
              value: one,
              label: `${clientLanguages(one)}${template?.own.includes(one) ? ' •' : ''}`,
            }))}
            onChoose={setLanguage}
          />
          {may('send') ? (
            <Text key={inLanguage} text={text} onWrite={write} problem={problemAt(deed.refusal, `/texts/${inLanguage}`)} />
          ) : (
            <p class="written">{text}</p>
          )}
          {template && stored === '' && text === '' && <p class="quiet small">{words('notShipped')}</p>}
          {may('send') && (
            <div class="row">
              <button type="submit" class="button primary" disabled={deed.isBusy || !hasChanged(drafts.value, template)}>
                {words('save')}
              </button>
              {template?.own.includes(inLanguage) && (
                <button type="button" class="button" onClick={() => revert(true)}>
                  {words(template.shipped ? 'revert' : 'remove')}
                </button>
              )}
            </div>
          )}
        </Form>
        <Example text={text} language={inLanguage} />
      </div>
      {isReverting && template && (
        <AskFirst
          title={words(template.shipped ? 'revertTitle' : 'removeTitle')}
          text={words('revertText')}
          yes={words(template.shipped ? 'revert' : 'remove')}
          isBusy={deed.isBusy}
          onYes={() => void takeBack()}
          onClose={() => revert(false)}
        />
      )}
    </>
  );
}

/** The text, and fields that a click puts where one writes. */
function Text({ text, onWrite, problem }: { text: string; onWrite: (text: string) => void; problem: string | undefined }) {
  const value = useSignal(text);
  if (value.peek() !== text) value.value = text;
  const box = useRef<HTMLDivElement>(null);
  const insert = (field: string): void => {
    const area = box.current?.querySelector('textarea');
    const from = area?.selectionStart ?? text.length;
    const to = area?.selectionEnd ?? from;
    onWrite(`${text.slice(0, from)}{${field}}${text.slice(to)}`);
    area?.focus();
  };
  return (
    // What bubbles up is what was written into the field within.
    <div
      class="stack"
      ref={box}
      onInput={(event) => {
        if (event.target instanceof HTMLTextAreaElement) onWrite(event.target.value);
      }}
    >
      <TextArea
        label={words('text')}
        value={value}
        hint={words('textHint', { open: '{', close: '}' })}
        rows={5}
        maxLength={2000}
        required
        problem={problem}
      />
      <div class="row">
        <span class="quiet small">{words('fields')}</span>
        {COMMON_FIELDS.map((field) => (
          <button key={field} type="button" class="template-field" onClick={() => insert(field)}>
            {field}
          </button>
        ))}
      </div>
    </div>
  );
}

/** How it reads for a client, with values that may be changed. */
function Example({ text, language }: { text: string; language: Language }) {
  const given = useSignal<Readonly<Record<string, string>>>({});
  const contact = useSignal('');
  const contacts = useData<ListOf<Contact>>('/v1/contacts?limit=50');
  const names = fieldsIn(text).filter((field) => field !== 'site' && field !== 'sitePhone');
  const examples = { ...exampleOf(names), ...given.value };
  const fields = Object.fromEntries(names.flatMap((field) => (examples[field] ? [[field, examples[field]]] : [])));
  const { preview, refusal } = usePreview({
    text,
    language,
    fields,
    ...(contact.value === '' ? {} : { contact: contact.value }),
  });
  return (
    <aside class="stack">
      <h2>{words('preview')}</h2>
      {refusal && <Banner tone="bad" text={problemWords(refusal)} />}
      {text === '' ? <p class="quiet">{words('previewEmpty')}</p> : preview && <Preview preview={preview} />}
      {names.length > 0 && (
        <details class="card">
          <summary>{words('values')}</summary>
          <div class="stack tight">
            <Choice
              label={words('contact')}
              value={contact.value}
              options={[
                { value: '', label: words('anyContact') },
                ...(contacts.data?.data ?? []).map(({ externalId, name }) => ({ value: externalId, label: name })),
              ]}
              onChoose={(chosen) => {
                contact.value = chosen;
              }}
            />
            {names.map((field) => (
              <label key={field} class="template-value">
                <code>{field}</code>
                <input
                  value={examples[field] ?? ''}
                  maxLength={500}
                  onInput={({ currentTarget }) => {
                    given.value = { ...given.value, [field]: currentTarget.value };
                  }}
                />
              </label>
            ))}
          </div>
        </details>
      )}
    </aside>
  );
}

const firstOf = ({ texts }: Template): Language => CLIENT_LANGUAGES.find((one) => texts[one] !== undefined) ?? 'uk';

const putTexts = (name: string, texts: Partial<Record<Language, string>>): Promise<Template> =>
  api.put<Template>(`/v1/templates/${encodeURIComponent(name)}`, { texts });

/** The site's own texts: what is not sent with them is taken away. */
function ownTexts(template: Template | undefined): Partial<Record<Language, string>> {
  return Object.fromEntries((template?.own ?? []).map((one) => [one, template?.texts[one] ?? '']));
}

const changed = (drafts: Readonly<Partial<Record<Language, string>>>): Partial<Record<Language, string>> =>
  Object.fromEntries(Object.entries(drafts).filter(([, text]) => text.trim() !== ''));

function hasChanged(drafts: Readonly<Partial<Record<Language, string>>>, template: Template | undefined): boolean {
  return CLIENT_LANGUAGES.some((one) => {
    const draft = drafts[one];
    return draft !== undefined && draft.trim() !== '' && draft !== template?.texts[one];
  });
}
