import type { Static } from 'typebox';
import type { Trace } from '../../../http/schemas/trace.ts';
import { api } from '../../api/client.ts';

/** Saves the last lines that were said to a modem, and that it said, as a text file. @throws Refusal */
export async function transcriptOf(modem: string): Promise<void> {
  const { lines, port } = await api.get<Static<typeof Trace>>(`/v1/modems/${encodeURIComponent(modem)}/trace`);
  const text = lines.map(({ at, direction, text: said }) => `${at} ${direction === 'sent' ? '>' : '<'} ${said}\n`).join('');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = `transcript-${port.replace(/[^\w-]+/g, '-')}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}
