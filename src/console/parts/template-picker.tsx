import { useState } from 'preact/hooks';
import type { Template, TemplatePreview } from '../../http/schemas/template.ts';
import { api, type ListOf, Refusal } from '../api/client.ts';
import { useData } from '../api/use-data.ts';
import { templateNames } from '../pages/templates/names.ts';
import { problemWords } from '../words/problems.ts';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { templatePickerWords as words } from './template-picker-words.ts';
import { toast } from './toast.tsx';

/** What the box knows by itself; everything else whoever writes fills in. */
const KNOWN: readonly string[] = ['site', 'phone', 'name', 'firstName'];

/**
 * A text to begin with. What is not known of it stands in brackets, to be filled in.
 * @param contact the id of the contact who reads it, where it is one
 */
export function TemplatePicker({ contact, onText }: { contact?: string | undefined; onText: (text: string) => void }) {
  const [isOpen, open] = useState(false);
  return (
    <>
      <button type="button" class="button plain slim" onClick={() => open(true)}>
        <Icon name="note" />
        {words('template')}
      </button>
      {isOpen && (
        <Templates
          contact={contact}
          onClose={() => open(false)}
          onText={(text) => {
            open(false);
            onText(text);
          }}
        />
      )}
    </>
  );
}

function Templates({ contact, onClose, onText }: { contact: string | undefined; onClose: () => void; onText: (text: string) => void }) {
  const { data } = useData<ListOf<Template>>('/v1/templates?limit=200');
  const choose = async ({ name, fields }: Template): Promise<void> => {
    const given = Object.fromEntries(fields.filter((field) => !KNOWN.includes(field)).map((field) => [field, `[${field}]`]));
    try {
      const { text } = await api.post<TemplatePreview>('/v1/templates/preview', {
        template: name,
        fields: given,
        ...(contact === undefined ? {} : { contact }),
      });
      onText(text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('bad', problemWords(error));
    }
  };
  return (
    <Dialog title={words('choose')} onClose={onClose}>
      <ul class="template-choices">
        {data?.data.map((template) => (
          <li key={template.name}>
            <button type="button" class="button plain" onClick={() => void choose(template)}>
              {templateNames.maybe(template.name) ?? template.name}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
