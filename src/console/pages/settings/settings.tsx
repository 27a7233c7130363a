import type { ComponentType } from 'preact';
import type { PageProps } from '../../page.ts';
import { Tabs } from '../../parts/tabs.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { Audit } from './audit.tsx';
import { Backups } from './backups.tsx';
import { Business } from './business.tsx';
import { Hours } from './hours.tsx';
import { Keys } from './keys.tsx';
import { LimitsAndDuty } from './limits-and-duty.tsx';
import { People } from './people.tsx';
import { Rules } from './rules.tsx';
import { Webhook } from './webhook.tsx';
import { Webhooks } from './webhooks.tsx';
import { words } from './words.ts';
import './settings.css';

interface Section {
  readonly name: 'business' | 'hours' | 'limits' | 'rules' | 'people' | 'keys' | 'webhooks' | 'backups' | 'audit';
  /** What whoever sees it holds. */
  readonly scope: string;
  readonly Shown: ComponentType;
}

const SECTIONS: readonly Section[] = [
  { name: 'business', scope: 'admin', Shown: Business },
  { name: 'hours', scope: 'operate', Shown: Hours },
  { name: 'limits', scope: 'admin', Shown: LimitsAndDuty },
  { name: 'rules', scope: 'admin', Shown: Rules },
  { name: 'people', scope: 'admin', Shown: People },
  { name: 'keys', scope: 'admin', Shown: Keys },
  { name: 'webhooks', scope: 'admin', Shown: Webhooks },
  { name: 'backups', scope: 'operate', Shown: Backups },
  { name: 'audit', scope: 'admin', Shown: Audit },
];

/** `#/settings/SECTION`, and `#/settings/webhooks/ID`. */
export default function Settings({ place: { path } }: PageProps) {
  const [name, id] = path;
  const mine = SECTIONS.filter(({ scope }) => may(scope));
  const section = mine.find((one) => one.name === name) ?? mine[0];
  if (!section) return null;
  return (
    <>
      <h1>{words('title')}</h1>
      <Tabs
        label={words('sections')}
        tabs={mine.map((one) => ({ name: one.name, label: words(one.name), href: addressOf('settings', [one.name]) }))}
        open={section.name}
      />
      {section.name === 'webhooks' && id !== undefined ? <Webhook key={id} id={id} /> : <section.Shown />}
    </>
  );
}
