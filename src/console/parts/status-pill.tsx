import type { MessageStatus } from '../../store/records/message.ts';
import { statuses } from '../words/message.ts';
import type { Tone } from './banner.tsx';

const TONES: Readonly<Record<MessageStatus, Tone | ''>> = {
  accepted: 'info',
  held: 'warn',
  queued: 'info',
  sending: 'info',
  sent: 'info',
  delivered: 'good',
  undelivered: 'bad',
  refused: 'bad',
  failed: 'bad',
  expired: 'bad',
  cancelled: '',
  uncertain: 'warn',
};

export function StatusPill({ status }: { status: MessageStatus }) {
  return <span class={`pill ${TONES[status]}`}>{statuses(status)}</span>;
}
