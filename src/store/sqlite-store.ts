import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { purposeRank } from '../base/purpose.ts';
import type { Random } from '../base/random.ts';
import { Alerts } from './alerts.ts';
import { Allowances } from './allowances.ts';
import { Attempts } from './attempts.ts';
import { Auctions } from './auctions.ts';
import { Audit } from './audit.ts';
import { Balances } from './balances.ts';
import { Boots } from './boots.ts';
import { Calls, CallViews } from './calls.ts';
import { Campaigns } from './campaigns.ts';
import { Checkpoints } from './checkpoints.ts';
import { Claims } from './claims.ts';
import { ClientStates } from './client-state.ts';
import { Codes } from './codes.ts';
import { Committer } from './committer.ts';
import { ConcatRefs } from './concat-refs.ts';
import { Consents } from './consents.ts';
import { ContactFacts } from './contact-facts.ts';
import { ContactImports } from './contact-imports.ts';
import { ContactLists } from './contact-lists.ts';
import { ContactSegments } from './contact-segments.ts';
import { Contacts } from './contacts.ts';
import { Conversations } from './conversations.ts';
import { Costs } from './costs.ts';
import { connect, connectReader, type Db, makeDurable, prepareFolder, STORE_FILE, type Synchronous, shortWaits } from './database.ts';
import { DialogueViews } from './dialogue-views.ts';
import { Dialogues } from './dialogues.ts';
import { Encounters } from './encounters.ts';
import { Erasure, underWay } from './erasure.ts';
import { EventLog } from './event-log.ts';
import { EventViews } from './event-views.ts';
import { examine } from './examine.ts';
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
import { type FolderLock, lockFolder } from './lock.ts';
import { MessageViews } from './message-views.ts';
import { Messages } from './messages.ts';
import { MIGRATIONS, migrate, schemaVersion } from './migrations.ts';
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
import { isReadOnly } from './read-only.ts';
import type { NewAudit } from './records/audit.ts';
import type { UserOutcome } from './records/user.ts';
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
import { isDamage, sqliteCode, storeDamaged, storeFault } from './sqlite-errors.ts';
import { Standings } from './standings.ts';
import { Statistics } from './statistics.ts';
import { Stock } from './stock.ts';
import type { Store } from './store.ts';
import { SuppressionKey } from './suppression-key.ts';
import { Suppressions } from './suppressions.ts';
import { Tasks } from './tasks.ts';
import { Templates } from './templates.ts';
import { Users } from './users.ts';
import { Webhooks } from './webhooks.ts';
import type { Tx } from './work.ts';

export interface SqliteStoreOptions {
  /** The data folder; made when it is not there. */
  readonly path: string;
  readonly clock: Clock;
  readonly random: Random;
  /** True for the daemon, which has the folder to itself; false for a command that runs beside it or without it. */
  readonly daemon: boolean;
  /** The disk failed: nothing can be promised any more, and the process must end with an error. Called once. */
  onFatal(error: Error): void;
  /** After each commit: how long it took, its fsync included, milliseconds. */
  onCommitTook?(ms: number): void;
  /** For the control runs of the tests that count fsyncs and cut the power; FULL unless given. */
  readonly synchronous?: Synchronous;
}

/**
 * Opens the store in SQLite.
 * @throws Fault `storeInUse`, `storeForeign`, `storeNewer`, `storeFull` or `unavailable`, with a sentence that names the folder or file
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path } = options;
  let lock: FolderLock | undefined;
  let writer: Db | undefined;
  let reader: Db | undefined;
  try {
    prepareFolder(path);
    if (options.daemon) lock = lockFolder(path);
    const file = join(path, STORE_FILE);
    writer = connect(file);
    prepareFile(writer, options);
    reader = connectReader(file);
    return build(writer, reader, options, () => lock?.release());
  } catch (error) {
    reader?.close();
    writer?.close();
    lock?.release();
    throw openingFault(path, error);
  }
}

/** What kept the store from opening, as a sentence. */
function openingFault(path: string, error: unknown): Error {
  const code = sqliteCode(error);
  // Our statements fit our schema, so where one does not, what the file says of its schema was changed by nobody of us.
  if (isDamage(code) || code === 'SQLITE_ERROR') return storeDamaged(`The store ${join(path, STORE_FILE)}`, error);
  const fault = storeFault(error);
  if (fault instanceof Fault || !('code' in fault)) return fault;
  const detail = `The data folder ${path} cannot be used (${String(fault.code)}: ${fault.message}); check that it may be written to, or name another in [store] path.`;
  return new Fault('unavailable', detail, [], { cause: error });
}

/** Milliseconds that an alert is kept after it was over. */
const ALERTS_KEPT = 90 * 86_400_000;

const earliest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

const isDone = (outcome: UserOutcome): boolean => outcome === 'done';

function prepareFile(db: Db, { path, daemon, synchronous }: SqliteStoreOptions): void {
  // Asked before anything is changed, so that a file of somebody else's stays as it is.
  const behind = schemaVersion(db) < MIGRATIONS.length;
  makeDurable(db, synchronous);
  if (behind && !daemon) {
    // A daemon of the older program may be using the file as it is: only who has the folder may change it.
    const lock = lockFolder(path);
    try {
      migrate(db);
    } finally {
      lock.release();
    }
  } else migrate(db);
  // A new store is one from here on, also when its WAL is lost: it must never be found empty and begun anew.
  if (behind) db.pragma('wal_checkpoint(TRUNCATE)');
  // Once more: the level may fall only when the file is first used as one in WAL mode.
  makeDurable(db, synchronous);
  if (daemon) shortWaits(db);
}

function build(writer: Db, reader: Db, options: SqliteStoreOptions, unlock: () => void): Store {
  const { path, clock, random, daemon, onFatal } = options;
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
  const settlements = new Settlements(reader, { ledger, attempts, sims, boots, uses });
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
  const alive = reader.prepare('SELECT 1 FROM messages LIMIT 1');

  const listeners = new Set<() => void>();
  const checkpoints = new Checkpoints({ db: writer, file: writer.name, onFailure: (code) => committer.checkpointFailed(code) });
  const committer = new Committer({
    db: writer,
    clock,
    checkpoints,
    isReadOnly: () => isReadOnly(path),
    onFatal,
    onCommitTook: options.onCommitTook,
    onCommit(tx) {
      queue.committed(tx);
      if (tx.events > 0) for (const listener of listeners) listener();
    },
  });

  /** One step, and its entry in the audit log, if it is done. */
  const audited = <T>(entry: NewAudit | undefined, work: (tx: Tx) => T, isDone: (result: T) => boolean = () => true): Promise<T> =>
    committer.write((tx) => {
      const result = work(tx);
      if (entry && isDone(result)) audit.add(entry);
      return result;
    });

  return {
    accept: (news, key, code, tells) =>
      committer.writeInSteps((tx) => {
        if (tells && 'steps' in tells) occasionSteps.take(tells.messageId, tells.steps);
        else if (tells) campaigns.take(tells);
        return messages.accept(tx, news, key, code);
      }),
    recall: async (keyId, key, now) => idempotency.recall(keyId, key, now),
    claim: (request) => committer.writeInSteps((tx) => claims.claim(tx, request)),
    settle: (id, settlement) => committer.write((tx) => settlements.settle(tx, id, settlement)),
    recover: (now, decideAt) => committer.write((tx) => settlements.recover(tx, now, decideAt)),
    undecided: async (now, limit) => settlements.undecided(now, limit),
    decide: (id, as, now) => committer.write((tx) => settlements.decide(tx, id, as, now)),
    resolve: (id, as, now, entry) =>
      audited(
        entry,
        (tx) => settlements.resolve(tx, id, as, now),
        ({ kind }) => kind === 'resolved',
      ),
    promote: (now) => committer.writeInSteps((tx) => queue.promote(tx, now)),
    hasten: (ids, now) => committer.write((tx) => queue.hasten(tx, ids, now)),
    nextDue: async () => queue.nextDue(),
    queueDepth: () => queue.depth(),
    gauges: async () => gauges.read(),
    lastMessage: async () => messageViews.last(),
    writtenBetween: async (after, upto) => messageViews.writtenBetween(after, upto),
    ahead: (purpose) => queue.ahead(purpose),
    acceptedSince: async (since) => messageViews.acceptedSince(since),
    urgentSince: async (since) => messageViews.urgentSince(since),
    setSending: (change, entry) => audited(entry, () => pauses.set(change)),
    pauses: () => pauses.all(),
    setPlans: (plans) => committer.write(() => claims.setPlans(plans)),
    simUse: (iccid) => caps.use(iccid),
    withinCaps: (passage) => caps.passes(passage),
    priceOf: (iccid, to, now) => uses.terms(iccid, to, now).price,
    optOut: {
      suppress: (entries, entry) => audited(entry, () => suppressions.add(entries)),
      release: (to, scopes, entry) => audited(entry, () => suppressions.remove(to, scopes)),
      of: (to) => suppressions.of(to, 'committed'),
      over: (to, purpose, topic) => suppressions.over({ recipient: to, rank: purposeRank(purpose), topic }, 'committed'),
      offersHeldUntil: (to, now) => suppressions.offersHeldUntil(to, now, 'committed'),
      setFewOffers: (to, few, at, entry) => audited(entry, () => (few ? suppressions.slowOffers(to, at) : suppressions.endSlowOffers(to))),
      wantsFewOffers: (to) => suppressions.wantsFewOffers(to),
      lostAt: () => suppressions.lostAt('committed'),
      setWhole: (entry) => audited(entry, () => suppressions.setWhole()),
    },
    homeOf: (client) => homes.of(client),
    sentBefore: (number, since) => encounters.sentBefore(number, since),
    clientState: (to, now) => clientStates.of(to, now),
    heardSince: (number, since) => encounters.heardSince(number, since),
    release: (id, released, entry) =>
      audited(
        entry,
        (tx) => releases.release(tx, id, released),
        ({ kind }) => kind === 'released',
      ),
    cancel: (id, now) => committer.write((tx) => messages.cancel(tx, id, now)),

    tryCode: (id, keyId, now, judge) => committer.write(() => codes.try(id, keyId, now, judge)),
    wrongTries: async (keyId, to, since) => codes.wrongTries(keyId, to, since),

    begin: (facts) => committer.writeInSteps((tx) => boots.begin(tx, facts)),
    rebase: (base) => committer.writeInSteps(() => boots.rebase(base)),
    setTrusted: (trusted, now) => committer.writeInSteps((tx) => boots.trust(tx, trusted, now)),
    judgeMissed: (rules, now) => committer.writeInSteps((tx) => missed.judge(tx, rules, now)),
    stayAlive: (now) => committer.write(() => boots.alive(now)),
    missed: async (page, key) => missed.list(page, key),
    missedCount: () => missed.count(),
    decideMissed: (id, as, now, entry) =>
      audited(
        entry,
        (tx) => missed.decide(tx, id, as, now),
        ({ kind }) => kind === 'decided',
      ),

    reportCandidates: async (iccid, mr, since) => reports.candidates(iccid, mr, since),
    attemptsInDoubt: async (iccid, from, to) => reports.inDoubt(iccid, from, to),
    report: (report) => committer.write((tx) => ({ applied: reports.report(tx, report) })),
    unmatchedReports: async (iccid, mr, since) => reports.unmatched(iccid, mr, since),

    findReceived: async (iccid, pdu, since) => inboundViews.findReceived(iccid, pdu, since),
    openGroups: async (key) => inboundViews.openGroups(key),
    receive: (received, judge) => committer.write((tx) => inbound.receive(tx, received, judge)),
    consents: {
      give: (consent) => committer.write(() => consents.add(consent)),
      covers: (to, purpose, topic, now) => consents.covers(to, purpose, topic, now),
      list: async (to, page) => consents.list(to, page),
    },
    conversations: {
      list: async (filter, page) => conversations.list(filter, page),
      unseen: () => conversations.unseen(),
      see: (contact, until, now) => committer.write(() => conversations.see(contact, until, now)),
    },
    desk: {
      openReplies: () => replies.open(),
      settleReply: (seq, outcome) => committer.write(() => replies.settle(seq, outcome)),
      replyCounts: (from, heard, now) => committer.write(() => replies.counts(from, heard, now)),
      lastReply: (to, kind) => committer.write(() => replies.latest(to, kind)),
      tellOnce: (reply, most, since) => committer.write((tx) => replies.addOnce(tx, reply, most, since)),
      doByRule: (text, deed, at) => committer.write((tx) => rules.do(tx, text, deed, at)),
      rules: () => rules.all(),
      putRule: (rule, at, entry) => audited(entry, () => rules.put(rule, at)),
      removeRule: (name, entry) =>
        audited(
          entry,
          () => rules.remove(name),
          (was) => was,
        ),
      toFollow: (after, limit, now) => followUps.next(after, limit, now),
      finishFollowing: (seq) => committer.write(() => void followUps.finish(seq)),
      giveUpFollowing: (seq, at) => committer.write(() => followUps.giveUp(seq, at)),
      tasks: async (all, page) => tasks.list(all, page),
      finishTask: (id, by, at) => committer.write(() => tasks.finish(id, by, at)),
    },
    statistics,
    occasions: {
      amend: (ref, now, amend) => committer.write((tx) => occasions.amend(tx, ref, now, amend)),
      remove: (ref, now, may) => committer.write((tx) => occasions.remove(tx, ref, now, may)),
      takeBack: (ref, instance, now) => committer.write((tx) => occasions.takeBack(tx, ref, instance, now)),
      view: async (ref) => occasions.view(ref),
      list: async (filter, page) => occasions.list(filter, page),
      ofNumber: (to, limit) => occasions.ofNumber(to, limit),
      between: async (from, until, after, limit) => occasions.between(from, until, after, limit),
      heard: (to, now) => committer.write(() => occasions.heard(to, now)),
      at: (kind, startsAt) => occasions.at(kind, startsAt),
      freed: (limit) => occasions.freed(limit),
      closeSlot: (seq) => committer.write(() => occasions.closeSlot(seq)),
      withStatus: (kind, status, limit) => occasions.withStatus(kind, status, limit),
      saidSince: (to, since) => occasions.saidSince(to, since),
      due: (now, limit) => occasionSteps.due(now, limit),
      together: (joins) => occasionSteps.together(joins),
      byMessage: (messageId) => occasionSteps.byMessage(messageId),
      toReplan: (now, limit) => occasions.toReplan(now, limit),
      addNotice: (notice) => committer.write(() => occasionNotices.add(notice)),
      notice: (id) => occasionNotices.of(id),
      dueNotice: (now) => occasionNotices.due(now),
      endNotice: (id, as) => committer.write(() => occasionNotices.end(id, as)),
      next: () => earliest(earliest(occasionSteps.next(), occasions.nextReplan()), occasionNotices.next()),
      skip: (step, reason, task, now) =>
        committer.write(() => {
          const occasion = occasionSteps.skip(step, reason);
          if (occasion && task !== null) tasks.about(occasion, task, null, now);
        }),
      later: (step, takeAt) => committer.write(() => occasionSteps.later(step, takeAt)),
      sequences: async () => sequences.all(),
      setSequence: (kind, sequence, now) =>
        committer.write(() => {
          sequences.set(kind, sequence, now);
          occasions.touch(kind, now);
        }),
    },
    signals: {
      keep: (samples, forgetBefore) => committer.write(() => signals.keep(samples, forgetBefore)),
      since: async (imei, since) => signals.since(imei, since),
    },
    posters: {
      put: (poster, entry) => audited(entry, () => posters.put(poster)),
      remove: (word, entry) =>
        audited(
          entry,
          () => posters.remove(word),
          (was) => was,
        ),
      all: () => posters.all(),
      agree: (text, poster, may, at) => committer.write((tx) => posters.agree(tx, text, poster, may, at)),
    },
    settings: {
      change: (changes, at, entry) => audited(entry, () => settings.change(changes, at)),
      all: () => settings.all(),
    },
    publicPages: {
      keepLinks: (links, at) => committer.write(() => publicPages.keep(links, at)),
      numberOf: async (token) => publicPages.numberOf(token),
      topicsOf: async (to) => publicPages.topicsOf(to),
      choose: (to, choice, at) => committer.write(() => publicPages.choose(to, choice, at)),
      askByText: (to, text, most, at) => committer.write((tx) => publicPages.askByText(tx, to, text, most, at)),
    },
    dialogues: {
      putDefinition: (name, body, at, entry) => audited(entry, () => dialogueViews.put(name, body, at)),
      removeDefinition: (name, entry) =>
        audited(
          entry,
          () => dialogueViews.remove(name),
          (was) => was,
        ),
      definitions: () => dialogueViews.active(),
      begin: (news, turn, now) => committer.write((tx) => dialogues.begin(tx, news, turn, now)),
      hear: (text, isCancel, begins, turn, now) => committer.write((tx) => dialogues.hear(tx, text, isCancel, begins, turn, now)),
      tell: (id, input, turn, now, entry) =>
        audited(
          entry,
          (tx) => dialogues.tell(tx, id, input, turn, now),
          (dialogue) => dialogue !== undefined && dialogue !== null,
        ),
      takeDue: (turn, now) => committer.write((tx) => dialogues.takeDue(tx, turn, now)),
      closeAuction: (name, turn, now) => committer.write((tx) => dialogues.closeAuction(tx, name, turn, now)),
      nextDue: () => dialogueViews.nextDue(),
      of: async (id) => dialogueViews.of(id),
      list: async (filter, page) => dialogueViews.list(filter, page),
      putStock: (pool, things, entry) => audited(entry, () => stock.put(pool, things)),
      freeThing: (pool, thing, entry) =>
        audited(
          entry,
          () => stock.freeThing(pool, thing),
          (was) => was,
        ),
      stock: async (pool) => stock.list(pool),
    },
    surfaceIncomplete: (before, now) => committer.writeInSteps((tx) => inbound.surface(tx, before, now)),
    oldestHidden: async () => inboundViews.oldestHidden(),
    latestTo: async (number, iccid, since) => messageViews.latestTo(number, iccid, since),

    keepCall: (call, now, judge) => committer.write((tx) => calls.keep(tx, call, now, judge)),
    endRingingCalls: (now) => committer.write((tx) => calls.endRinging(tx, now)),
    calls: async (filter, page) => callViews.list(filter, page),

    seeSim: (sim) =>
      committer.write(() => {
        sims.see(sim);
        uses.see(sim.iccid, sim.at);
      }),
    async retire(retirement, entry) {
      try {
        await committer.write(() => {
          retirements.set(retirement);
          audit.add(entry);
        });
      } catch (error) {
        retirements.reload();
        throw error;
      }
      // What waits for it is put where it belongs now, a part at a time; after a crash in between, when it is next looked at.
      while ((await committer.write((tx) => queue.replaceLane(tx, retirement.iccid, retirement.at))) > 0);
    },
    endRetirement: (iccid, entry) =>
      audited(
        entry,
        () => retirements.end(iccid),
        (ended) => ended,
      ),
    async allow(allowance, entry) {
      try {
        await committer.write(() => {
          allowances.set(allowance);
          audit.add(entry);
        });
      } catch (error) {
        allowances.reload();
        throw error;
      }
    },
    endAllowance: (iccid, entry) =>
      audited(
        entry,
        () => allowances.end(iccid),
        (ended) => ended,
      ),
    retirement: (iccid) => retirements.of(iccid),
    standIn: (iccid) => retirements.standIn(iccid),
    simLife: (iccid, now) => uses.life(iccid, now),
    toppedUp: (iccid, at, entry) => audited(entry, () => uses.toppedUp(iccid, at)),
    keepSimAlerts: (iccid, found, now) => committer.write((tx) => alerts.keep(tx, iccid, found, now)),
    sims: async () => sims.all(),
    keepBalance: (balance) => committer.write((tx) => balances.keep(tx, balance)),
    keepStanding: (standing) => committer.write((tx) => standings.keep(tx, standing)),
    standings: async () => standings.latest(),
    reportsSince: async (since) => standings.reportsSince(since),
    sentSince: async (since) => sims.sentSince(since),
    tryPin: (iccid, mark, at) => committer.write(() => pins.try(iccid, mark, at)),
    pinsRefused: (iccid) => committer.write(() => pins.refused(iccid)),
    pinTaken: (iccid, mark) => committer.write(() => pins.taken(iccid, mark)),
    lastReferences: async () => sims.lastReferences(),

    message: async (id) => messageViews.message(id),
    keyOf: async (id) => messageViews.keyOf(id),
    messages: async (filter, page) => messageViews.messages(filter, page),
    inbound: async (id) => inboundViews.inbound(id),
    inbounds: async (filter, page) => inboundViews.inbounds(filter, page),
    costs: (filter, rest) => costs.of(filter, rest),
    events: async (after, limit) => eventViews.after(after, limit),
    lastEvent: async () => eventViews.last(),
    notice: (type, detail, at) => committer.write((tx) => events.notice(tx, type, detail, at)),
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    setEndpoints: (endpoints) => outbox.setEndpoints(endpoints),
    dueDeliveries: async (endpoint, now, limit) => eventViews.dueDeliveries(endpoint, now, limit),
    nextDelivery: async (endpoint, after = Number.MIN_SAFE_INTEGER) => outbox.next(endpoint, after),
    webhooks: {
      add: (webhook, entry) => audited(entry, () => webhooks.add(webhook)),
      change: (id, change, entry) =>
        audited(
          entry,
          () => webhooks.change(id, change),
          (now) => now !== undefined,
        ),
      remove: (id, entry) =>
        audited(
          entry,
          () => webhooks.remove(id),
          (was) => was,
        ),
      all: async () => webhooks.all(),
      deliveries: async (endpoint, state, page) => eventViews.deliveries(endpoint, state, page),
      resend: (endpoint, deliveries, now, entry) =>
        audited(
          entry,
          () => outbox.again(endpoint, deliveries, now),
          (count) => count > 0,
        ),
      async resendFailed(endpoint, since, now, entry) {
        await committer.write(() => audit.add(entry));
        return committer.writeInSteps(() => outbox.failedAgain(endpoint, since, now));
      },
    },
    persons: {
      async export(number, entry) {
        await committer.write(() => audit.add(entry));
        return erasure.export(number);
      },
      async erase(number, alias, now, entry) {
        const outcome = await committer
          .writeInSteps(function* (tx) {
            const done = yield* erasure.erase(tx, number, alias, now);
            audit.add(entry);
            return done;
          })
          .catch(underWay);
        if (outcome.kind === 'erased') await checkpoints.empty();
        return outcome;
      },
    },
    alerts: {
      raise: (alert, sentence, now, again) => committer.write((tx) => boxAlerts.raise(tx, alert, sentence, now, again)),
      end: (id, sentence, now) => committer.write((tx) => boxAlerts.end(tx, id, sentence, now)),
      open: async () => boxAlerts.open(),
      since: async (since) => boxAlerts.since(since),
      told: (channel, raised, over, now) => committer.write(() => boxAlerts.told(channel, raised, over, now)),
      list: async (all, page) => boxAlerts.list(all, page),
    },
    settleDelivery: (id, outcome) => committer.write(() => outbox.settle(id, outcome)),

    createKey: (key, entry) => audited(entry, () => keys.add(key)),
    revokeKey: (id, at, entry) =>
      audited(
        entry,
        () => keys.revoke(id, at),
        (was) => was,
      ),
    findKey: (hash) => keys.find(hash),
    keysUsed: (uses) => committer.write(() => keys.used(uses)),
    keyCaps: (id) => keys.caps(id),
    keyTaken: (id, since, most) => keys.taken(id, since, most),
    keys: async () => keys.all(),

    contacts: {
      put: (contact) =>
        committer.write(() => {
          contactImports.settle(contact.externalId);
          occasions.touchContact(contact.externalId, contact.updatedAt);
          return contacts.put(contact);
        }),
      remove: (externalId, entry) =>
        audited(
          entry,
          () => {
            contactImports.settle(externalId);
            return contacts.remove(externalId);
          },
          (was) => was,
        ),
      of: (externalId) => contacts.of(externalId),
      withNumber: (number) => contacts.withNumber(number),
      zonesOf: (number) => contacts.zonesOf(number),
      list: async (filter, page) => contactLists.list(filter, page),
      longestNames: () => contacts.longestNames(),
      walk: (after, limit) => contactFacts.walk(after, limit),
      occasionsOf: (contact, kind) => contactFacts.occasionsOf(contact, kind),
      heardAt: (numbers) => contactFacts.heardAt(numbers),
      writtenAt: (numbers) => contactFacts.writtenAt(numbers),
      imports: {
        begin: (consent) => committer.write(() => contactImports.begin(consent)),
        stage: (rows, now) => committer.writeInSteps(() => contactImports.stage(rows, now, () => committer.isAwaited)),
        flip: () => committer.write(() => contactImports.flip()),
        tidy: () => committer.writeInSteps(() => contactImports.tidy(() => committer.isAwaited)),
      },
    },
    campaigns: {
      add: (campaign) => committer.write(() => campaigns.add(campaign)),
      of: (id) => campaigns.of(id),
      list: (page) => campaigns.list(page),
      active: () => campaigns.active(),
      move: (id, from, to, change, entry) =>
        audited(
          entry,
          (tx) => campaigns.move(tx, id, from, to, change),
          (moved) => moved !== undefined,
        ),
      addRecipients: (campaign, recipients) => committer.writeInSteps(() => campaigns.addRecipients(campaign, recipients)),
      clearRecipients: (campaign) => committer.write(() => campaigns.clearRecipients(campaign)),
      counts: (campaign) => campaigns.counts(campaign),
      next: (campaign, limit) => campaigns.next(campaign, limit),
      waiting: (campaign) => campaigns.waiting(campaign),
      settle: (campaign, fates) => committer.write(() => campaigns.settle(campaign, fates)),
      optOuts: (campaign) => campaigns.optOuts(campaign),
      follow: (token, now) => committer.write(() => campaigns.follow(token, now)),
      fates: (campaign, after, limit, within) => campaigns.fates(campaign, after, limit, within),
    },
    segments: {
      put: (segment, entry) => audited(entry, () => segments.put(segment)),
      remove: (name, entry) =>
        audited(
          entry,
          () => segments.remove(name),
          (was) => was,
        ),
      of: (name) => segments.of(name),
      all: () => segments.all(),
    },
    resources: {
      put: (resource, entry) => audited(entry, () => resources.put(resource)),
      remove: (externalId, entry) =>
        audited(
          entry,
          () => resources.remove(externalId),
          (was) => was,
        ),
      of: (externalId) => resources.of(externalId),
      all: (kind) => resources.all(kind),
    },
    templates: {
      put: (template, entry) => audited(entry, () => templates.put(template)),
      remove: (name, entry) =>
        audited(
          entry,
          () => templates.remove(name),
          (was) => was,
        ),
      of: (name) => templates.of(name),
      all: () => templates.all(),
    },

    addUser: (user, entry) => audited(entry, () => users.add(user), isDone),
    changeUser: (id, change, entry) => audited(entry, () => users.change(id, change), isDone),
    removeUser: (id, entry) => audited(entry, () => users.remove(id), isDone),
    userNamed: async (name) => users.named(name),
    users: async () => users.all(),
    accessible: () => users.accessible(),

    audit: (entry) => committer.write(() => audit.add(entry)),
    auditLog: async (filter, page) => audit.list(filter, page),
    verifyAudit: (noted) => audit.verify(noted),

    async purge(now) {
      await committer.writeInSteps(() => idempotency.purge(now));
      await committer.writeInSteps(() => outbox.purge(now));
      await committer.writeInSteps(() => reports.purge(now));
      await committer.write(() => caps.purge());
      await committer.write(() => suppressions.purge(now));
      await committer.write(() => codes.purge(now));
      await committer.write(() => boxAlerts.purge(now - ALERTS_KEPT));
    },
    async eraseTexts(periods, now) {
      const messages = retention.messages(periods, now);
      const inbound = retention.inbound(periods, now);
      // Each step in a transaction of its own, so that nobody waits for the whole.
      for (const sweep of [...messages, inbound]) while (!(await committer.write(() => sweep.step())));
      await committer.write(() => retention.eraseStrays(now - periods.inbound));
      await committer.write(() => dialogues.erase(now - periods.inbound));
      const erased = messages.reduce((sum, sweep) => sum + sweep.erased, 0);
      // Also for the codes that were erased when they became final.
      await checkpoints.empty();
      return { messages: erased, inbound: inbound.erased, more: [...messages, inbound].some((sweep) => sweep.more) };
    },
    examine: () => examine(writer.name),
    check() {
      alive.get();
    },
    async close() {
      await committer.close();
      await checkpoints.close();
      if (!writer.open) return;
      reader.close();
      writer.close();
      unlock();
    },
  };
}
