import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import { AcceptedCount } from './accepted-count.ts';
import { Alerts } from './alerts.ts';
import { Allowances } from './allowances.ts';
import { Attempts } from './attempts.ts';
import { Auctions } from './auctions.ts';
import { Audit } from './audit.ts';
import { Balances } from './balances.ts';
import { Boots } from './boots.ts';
import { Calls, CallViews } from './calls.ts';
import { Campaigns } from './campaigns.ts';
import { Claims } from './claims.ts';
import { ClientStates } from './client-state.ts';
import { Codes } from './codes.ts';
import { ConcatRefs } from './concat-refs.ts';
import { Consents } from './consents.ts';
import { ContactFacts } from './contact-facts.ts';
import { ContactImports } from './contact-imports.ts';
import { ContactLists } from './contact-lists.ts';
import { ContactSegments } from './contact-segments.ts';
import { Contacts } from './contacts.ts';
import { Conversations } from './conversations.ts';
import { Costs } from './costs.ts';
import type { Db } from './database.ts';
import { DialogueViews } from './dialogue-views.ts';
import { Dialogues } from './dialogues.ts';
import { Encounters } from './encounters.ts';
import { Erasure } from './erasure.ts';
import { EventLog } from './event-log.ts';
import { EventViews } from './event-views.ts';
import { FollowUps } from './follow-ups.ts';
import { Gauges } from './gauges.ts';
import { Homes } from './homes.ts';
import { IdempotencyRecords } from './idempotency.ts';
import { Inbound } from './inbound.ts';
import { InboundRules } from './inbound-rules.ts';
import { InboundViews } from './inbound-views.ts';
import { Keys } from './keys.ts';
import { Lanes } from './lanes.ts';
import { Ledger } from './ledger.ts';
import { MessageViews } from './message-views.ts';
import { Messages } from './messages.ts';
import { Missed } from './missed.ts';
import { OccasionNotices } from './occasion-notices.ts';
import { OccasionSteps } from './occasion-steps.ts';
import { Occasions } from './occasions.ts';
import { Outbox } from './outbox.ts';
import { OwnReplies } from './own-replies.ts';
import { Pauses } from './pauses.ts';
import { Pins } from './pins.ts';
import { Posters } from './posters.ts';
import { PublicPages } from './public-pages.ts';
import { Queue } from './queue.ts';
import { Releases } from './releases.ts';
import { Reports } from './reports.ts';
import { Resources } from './resources.ts';
import { Retention } from './retention.ts';
import { Retirements } from './retirements.ts';
import { Rules } from './rules.ts';
import { Sequences } from './sequences.ts';
import { Settings } from './settings.ts';
import { Settlements } from './settlements.ts';
import { Signals } from './signals.ts';
import { SimAlerts } from './sim-alerts.ts';
import { SimCapsGuard } from './sim-caps.ts';
import { SimUses } from './sim-uses.ts';
import { Sims } from './sims.ts';
import { Since } from './since.ts';
import { Standings } from './standings.ts';
import { Statistics } from './statistics.ts';
import { Stock } from './stock.ts';
import { SuppressionKey } from './suppression-key.ts';
import { Suppressions } from './suppressions.ts';
import { Tasks } from './tasks.ts';
import { Templates } from './templates.ts';
import { Users } from './users.ts';
import { Webhooks } from './webhooks.ts';

export interface PartsOptions {
  /** The data folder. */
  readonly path: string;
  readonly clock: Clock;
  readonly random: Random;
  /** True for the daemon, which has the folder to itself. */
  readonly daemon: boolean;
}

/**
 * The tables of the store, each with what it stands on.
 * @param writer the one connection that writes
 * @param reader for what may read beside it
 */
export function makeParts(writer: Db, reader: Db, { path, clock, random, daemon }: PartsOptions) {
  const outbox = new Outbox(writer, reader);
  const events = new EventLog(writer, random, outbox);
  const since = new Since(writer, reader);
  const idempotency = new IdempotencyRecords(writer, reader);
  const pins = new Pins(writer);
  const balances = new Balances(writer, reader, events);
  const standings = new Standings(writer, reader, events);
  const sims = new Sims(writer, reader, balances);
  const keys = new Keys(writer, reader);
  const retention = new Retention(writer);
  const retirements = new Retirements(writer);
  const lanes = new Lanes(writer, retirements);
  const ledger = new Ledger(writer, { events, retention, lanes });
  const attempts = new Attempts(writer);
  const codes = new Codes(writer, reader);
  const messages = new Messages(writer, { events, since, idempotency, ledger, codes, lanes });
  const pauses = new Pauses(writer, reader);
  const boots = new Boots(writer, ledger);
  const allowances = new Allowances(writer, clock);
  const caps = new SimCapsGuard(writer, reader, clock, allowances);
  const uses = new SimUses(writer, reader);
  const alerts = new SimAlerts(writer, reader, events);
  const signals = new Signals(writer, reader);
  const boxAlerts = new Alerts(writer, reader, { random, events });
  const campaigns = new Campaigns(writer, reader, events);
  const suppressions = new Suppressions(writer, reader, new SuppressionKey(path, random), daemon, (to, at) => campaigns.optOut(to, at));
  const claims = new Claims(writer, {
    ledger,
    attempts,
    refs: new ConcatRefs(writer, random),
    pauses,
    caps,
    boots,
    lanes,
    retirements,
    uses,
    suppressions,
  });
  const queue = new Queue(writer, reader, { ledger, boots });
  const settlements = new Settlements(reader, { ledger, attempts, sims, boots, uses, caps });
  const reports = new Reports(writer, reader, settlements);
  const tasks = new Tasks(writer, reader, { random, suppressions });
  const consents = new Consents(writer, reader);
  const followUps = new FollowUps(writer, reader, tasks);
  const replies = new OwnReplies(writer, reader, events);
  const stock = new Stock(writer, reader);
  const auctions = new Auctions(writer);
  const dialogues = new Dialogues(writer, { random, events, replies, tasks, consents, suppressions, followUps, stock, auctions });
  const dialogueViews = new DialogueViews(writer, reader);

  const posters = new Posters(writer, reader, { random, consents, suppressions, replies, followUps });
  const inboundRules = new InboundRules(writer, { random, suppressions, consents, tasks, followUps, replies, dialogues });
  const rules = new Rules(writer, reader, { events, followUps, replies, tasks });
  const calls = new Calls(writer, { random, events, since, rules: inboundRules });
  const inbound = new Inbound(writer, { events, since, sims, rules: inboundRules });
  const occasionSteps = new OccasionSteps(writer, reader, messages);
  const clientStates = new ClientStates(reader);
  const occasions = new Occasions(writer, reader, { steps: occasionSteps, events, tasks });
  const occasionNotices = new OccasionNotices(writer, reader);
  const sequences = new Sequences(writer, reader);
  const statistics = new Statistics(reader, since);
  const messageViews = new MessageViews(reader, since);
  const releases = new Releases(writer, ledger);
  const encounters = new Encounters(reader);
  const missed = new Missed(writer, reader, { ledger, boots, views: messageViews });
  const inboundViews = new InboundViews(reader, since);
  const callViews = new CallViews(reader, since);
  const eventViews = new EventViews(reader, { inbound: inboundViews, calls: callViews, balances, standings, alerts, outbox });
  const conversations = new Conversations(writer, reader);
  const costs = new Costs(reader);
  const users = new Users(writer, reader);
  const templates = new Templates(writer, reader);
  const webhooks = new Webhooks(writer, reader);
  const contacts = new Contacts(writer, reader);
  const contactFacts = new ContactFacts(reader);
  const segments = new ContactSegments(writer, reader);
  const contactImports = new ContactImports(writer, {
    contacts,
    consents,
    random,
    onSeen: (externalId, at) => occasions.touchContact(externalId, at),
  });
  const publicPages = new PublicPages(writer, reader, {
    suppressions,
    tasks,
    replies,
    settle: (externalId) => contactImports.settle(externalId),
    contacts,
  });
  const contactLists = new ContactLists(reader);
  const resources = new Resources(writer, reader);
  const gauges = new Gauges(reader, { queue, outbox });
  const erasure = new Erasure(writer, reader, { ledger, messages, settlements });
  const homes = new Homes(reader, retirements);
  const settings = new Settings(writer, reader);
  const audit = new Audit(writer, reader);
  const acceptedCount = new AcceptedCount(writer, audit);
  return {
    outbox,
    events,
    since,
    idempotency,
    pins,
    balances,
    standings,
    sims,
    keys,
    retention,
    retirements,
    lanes,
    ledger,
    attempts,
    codes,
    messages,
    pauses,
    boots,
    allowances,
    caps,
    uses,
    alerts,
    signals,
    boxAlerts,
    campaigns,
    suppressions,
    claims,
    queue,
    settlements,
    reports,
    tasks,
    consents,
    followUps,
    replies,
    stock,
    auctions,
    dialogues,
    dialogueViews,
    posters,
    inboundRules,
    rules,
    calls,
    inbound,
    occasionSteps,
    clientStates,
    occasions,
    occasionNotices,
    sequences,
    statistics,
    messageViews,
    releases,
    encounters,
    missed,
    inboundViews,
    callViews,
    eventViews,
    conversations,
    costs,
    users,
    templates,
    webhooks,
    contacts,
    contactFacts,
    segments,
    contactImports,
    publicPages,
    contactLists,
    resources,
    gauges,
    erasure,
    homes,
    settings,
    audit,
    acceptedCount,
  };
}

export type SqliteParts = ReturnType<typeof makeParts>;
