import { localDays } from '../base/local-day.ts';
import { CampaignDesk } from '../campaigns/desk.ts';
import { CampaignRunner } from '../campaigns/runner.ts';
import { ShortLinks } from '../campaigns/short-links.ts';
import { Dialogues } from '../dialogues/dialogues.ts';
import { OccasionAnswers } from '../occasions/answers.ts';
import { OccasionDesk } from '../occasions/desk.ts';
import { MorningText } from '../occasions/morning.ts';
import { OccasionNotices } from '../occasions/notices.ts';
import { OccasionRunner } from '../occasions/runner.ts';
import { Sequences } from '../occasions/sequences.ts';
import { WaitingList } from '../occasions/waiting.ts';
import { Wording } from '../occasions/wording.ts';
import { readDay } from '../policy/local-date.ts';
import { siteFields } from '../templates/site-fields.ts';
import { textsOf } from '../templates/stored.ts';
import type { Modems } from './modems.ts';
import { morningWords } from './morning-words.ts';
import { contactFieldsOf, resourceFieldsOf, wantsCall } from './occasion-clients.ts';
import { DialogueRescheduling } from './rescheduling.ts';
import type { RoadOut } from './road-out.ts';
import type { SimTerms } from './sim-terms.ts';
import { openFrom } from './site-policy.ts';
import type { Ground } from './world.ts';

/** What the site has with its clients: occasions, campaigns, dialogues. All of it sends by the one door. */
export interface Business {
  readonly occasions: OccasionDesk;
  readonly occasionRunner: OccasionRunner;
  readonly occasionAnswers: OccasionAnswers;
  readonly notices: OccasionNotices;
  /** Where somebody is to have the day's list by text. */
  readonly morning: MorningText | undefined;
  readonly campaigns: CampaignDesk;
  readonly campaignRunner: CampaignRunner;
  readonly dialogues: Dialogues;
}

/** @param onReply a reply of our own stands in the store and wants to be sent */
export async function buildBusiness(
  { config, store, clock, random, log, time, language }: Ground,
  terms: SimTerms,
  { pool }: Modems,
  { acceptance: door, policy, simKeeper, linkSecret }: RoadOut,
  onReply: () => void,
): Promise<Business> {
  const { name, phone, timeZone } = config.site;
  const isTimeKnown = (): boolean => time.trust.trusted;
  const opens = (to: string, at: number): number => openFrom(policy, to, at);
  const onChange = (): void => occasionRunner.wake();

  const sequences = new Sequences(store);
  await sequences.load();
  const wording = new Wording({
    site: { name, phone, language, timeZone },
    ownTexts: (template) => textsOf(store.templates.of(template)),
    contact: (id) => contactFieldsOf(store, id),
    resource: (id) => resourceFieldsOf(store, id),
  });
  const occasionRunner = new OccasionRunner({
    store,
    door,
    clock,
    log,
    sequences,
    wording,
    timeZone,
    isTimeKnown,
    wantsCall: (occasion) => wantsCall(store, occasion),
    onTurn: async () => {
      await notices.tell();
      await waitingList.offer();
    },
  });
  const waitingList = new WaitingList({ store, clock, sequences, wording, timeZone, openFrom: opens });
  const notices = new OccasionNotices({ store, door, clock, random, sequences, wording, timeZone, openFrom: opens, onChange });
  const simEnds = () =>
    pool.sims().flatMap(({ iccid }) => {
      const endsAt = simKeeper.of(iccid).packageEndsAt;
      return endsAt === null ? [] : [{ name: terms.nameOf(iccid) ?? iccid, endsAt }];
    });
  const morning =
    config.morning.phone === undefined
      ? undefined
      : new MorningText({
          store,
          door,
          clock,
          log,
          sequences,
          to: config.morning.phone,
          at: config.morning.at,
          timeZone,
          isTimeKnown,
          words: (day) =>
            morningWords(day, simEnds(), {
              language,
              timeZone,
              now: clock.now(),
              own: (template) => textsOf(store.templates.of(template)),
            }),
        });
  const occasionAnswers = new OccasionAnswers({
    store,
    clock,
    sequences,
    wording,
    timeZone,
    rescheduling: { offers: (occasion) => rescheduling.offers(occasion), begin: (occasion, sim) => rescheduling.begin(occasion, sim) },
    onChange,
  });

  const localDay = localDays(timeZone);
  const dialogues = new Dialogues({
    store,
    clock,
    log,
    site: { name, phone, language, timeZone, day: (at) => readDay(localDay(at)) ?? 0 },
    onReply,
    onTurns: (when) => rescheduling.settle(when),
  });
  const rescheduling = new DialogueRescheduling({
    store,
    clock,
    begin: (asked) => dialogues.begin(asked),
    onEnded: (ended) => occasionAnswers.rescheduled(ended),
  });

  const site = { fields: siteFields({ name, phone }), language, timeZone, links: new ShortLinks(config.public.baseUrl, linkSecret) };
  const campaignRunner = new CampaignRunner({ store, door, clock, log, site, isTimeKnown });
  const campaigns = new CampaignDesk({
    store,
    door,
    clock,
    random,
    runner: campaignRunner,
    site,
    sims: () =>
      pool.sims().flatMap(({ iccid }) => {
        const purposes = terms.purposesOf(iccid);
        return purposes.length === 0 ? [] : [{ ...terms.limitsOf(iccid), offers: purposes.includes('promotional') }];
      }),
    newSim: terms.limitsOf(null),
  });
  return {
    occasions: new OccasionDesk({ store, clock, random, sequences, timeZone, onChange }),
    occasionRunner,
    occasionAnswers,
    notices,
    morning,
    campaigns,
    campaignRunner,
    dialogues,
  };
}
