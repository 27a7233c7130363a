import { MailChannel } from '../alerts/mail.ts';
import { TextChannel } from '../alerts/texts.ts';
import type { Channel } from '../alerts/watch.ts';
import type { StoredAlert } from '../store/records/alert.ts';
import type { Modems } from './modems.ts';
import type { RoadOut } from './road-out.ts';
import type { Ground } from './world.ts';

/** How people are told that something needs them, as the configuration says. @param sentence of an alert, in the site's language */
export function alertChannels(
  { config, clock, language }: Ground,
  { maySend }: Modems,
  { acceptance: door, dispatcher }: RoadOut,
  sentence: (alert: StoredAlert) => string,
): Channel[] {
  const { mailTo, mailFrom: from = mailTo[0] ?? '', smtp, phones, textsPerDay: perDay } = config.alerts;
  const site = config.site.name;
  const channels: Channel[] = [];
  if (mailTo.length > 0) channels.push(new MailChannel({ settings: { ...smtp, from, to: mailTo }, site, language, sentence }));
  if (phones.length > 0) {
    const readySims = (): string[] => dispatcher.order().filter(maySend);
    channels.push(new TextChannel({ door, clock, to: phones, perDay, site, language, readySims, sentence }));
  }
  return channels;
}
