import type { Alert } from '../../../http/schemas/alert.ts';
import { whenShort } from '../../i18n/format.ts';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { type AlertKind, alertWords, isAlertKind } from '../../words/alerts.ts';
import { Card, Row } from './card.tsx';
import { words } from './words.ts';

/** Where something can be done about it, for whoever may go there. A kind that is left out does not compile. */
const WAYS: Readonly<Record<AlertKind, readonly [scope: string, ...way: string[]] | null>> = {
  noSim: ['read:all', 'modems'],
  modemFailed: ['read:all', 'modems'],
  modemAbsent: ['read:all', 'modems'],
  modemsLost: ['read:all', 'modems'],
  portShared: ['read:all', 'modems'],
  modemKeepsMessages: ['read:all', 'modems'],
  simBarred: ['read:all', 'modems'],
  simSilent: ['read:all', 'modems'],
  balanceLow: ['read:all', 'modems'],
  packageEnding: ['read:all', 'modems'],
  packageUsedUp: ['read:all', 'modems'],
  topUpDue: ['read:all', 'modems'],
  paidEventDue: ['read:all', 'modems'],
  backupFailed: ['operate', 'settings', 'backups'],
  storeDamaged: ['operate', 'settings', 'backups'],
  diskLow: null,
  clockUntrusted: null,
  codesLate: ['read:all', 'queue'],
  queueOld: ['read:all', 'queue'],
  paused: ['read:all', 'queue'],
  webhookBehind: ['admin', 'settings', 'webhooks'],
  webhookGone: ['admin', 'settings', 'webhooks'],
  manyInDoubt: ['read:all', 'queue'],
  newDestinations: ['admin', 'settings', 'keys'],
  numbersBlocked: ['admin', 'settings', 'keys'],
  costReached: ['admin', 'settings', 'keys'],
  lowRating: ['read:all', 'today', 'tasks'],
};

/** What the box has raised and is not over: whoever it tells by mail and text reads the same here. */
export function AlertCard({ alerts }: { alerts: readonly Alert[] }) {
  if (alerts.length === 0) return null;
  return (
    <Card title={words('alerts')} icon="alert" isEmpty={false} empty="">
      {alerts.map((alert) => (
        <Row key={alert.id} {...wayOf(alert)} head={<span class="today-alert">{alertWords(alert)}</span>} end={whenShort(alert.at)} />
      ))}
    </Card>
  );
}

function wayOf({ kind, subject }: Alert): { href?: string } {
  const [scope, page, ...path] = (isAlertKind(kind) ? WAYS[kind] : null) ?? [];
  if (scope === undefined || page === undefined || !may(scope)) return {};
  // A webhook has a page of its own.
  return { href: addressOf(page, path.includes('webhooks') && subject !== null ? [...path, subject] : path) };
}
