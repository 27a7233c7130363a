import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Random } from '../base/random.ts';
import { Checkpoints } from './checkpoints.ts';
import { Committer } from './committer.ts';
import { connect, connectReader, type Db, makeDurable, prepareFolder, STORE_FILE, type Synchronous, shortWaits } from './database.ts';
import { underWay } from './erasure.ts';
import { examine } from './examine.ts';
import { type FolderLock, lockFolder } from './lock.ts';
import { MIGRATIONS, migrate, schemaVersion } from './migrations.ts';
import { inPortions } from './portion.ts';
import { isReadOnly } from './read-only.ts';
import type { UserOutcome } from './records/user.ts';
import { clientStores } from './sqlite-clients.ts';
import { deskStores } from './sqlite-desk.ts';
import { isDamage, readingFault, sqliteCode, storeDamaged, storeFault } from './sqlite-errors.ts';
import { makeParts } from './sqlite-parts.ts';
import type { Store } from './store.ts';
import type { Writing } from './writing.ts';

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
  // What the system says begins with its code, what SQLite says does not.
  const said = fault.message.startsWith(String(fault.code)) ? fault.message : `${String(fault.code)}: ${fault.message}`;
  const detail = `The data folder ${path} cannot be used (${said}); check that it may be written to, or name another in [store] path.`;
  return new Fault('unavailable', detail, [], { cause: error });
}

/** Milliseconds that an alert is kept after it was over. */
const ALERTS_KEPT = 90 * 86_400_000;

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
  const { path, clock, onFatal } = options;
  const parts = makeParts(writer, reader, options);
  const {
    outbox,
    events,
    idempotency,
    pins,
    balances,
    standings,
    sims,
    keys,
    retention,
    retirements,
    codes,
    messages,
    pauses,
    boots,
    allowances,
    caps,
    uses,
    alerts,
    boxAlerts,
    campaigns,
    suppressions,
    claims,
    queue,
    settlements,
    reports,
    dialogues,
    calls,
    inbound,
    occasionSteps,
    clientStates,
    messageViews,
    releases,
    encounters,
    missed,
    inboundViews,
    callViews,
    eventViews,
    costs,
    users,
    gauges,
    erasure,
    homes,
    audit,
    acceptedCount,
  } = parts;
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
  const portions = { committer, checkpoints, clock };

  const audited: Writing['audited'] = (entry, work, isDone = () => true) =>
    committer.write((tx) => {
      const result = work(tx);
      if (entry && isDone(result)) audit.add(entry);
      return result;
    });
  const writing: Writing = {
    write: (work) => committer.write(work),
    writeInSteps: (work) => committer.writeInSteps(work),
    get isAwaited() {
      return committer.isAwaited;
    },
    audited,
  };

  return {
    ...clientStores(parts, writing),
    ...deskStores(parts, writing),
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
    finalReports: async (iccid, mr, since) => reports.finals(iccid, mr, since),
    attemptsInDoubt: async (iccid, from, to) => reports.inDoubt(iccid, from, to),
    report: (report) => committer.write((tx) => ({ applied: reports.report(tx, report) })),
    matchReport: (report, attemptId) => committer.write((tx) => ({ applied: reports.match(tx, report, attemptId) })),
    unmatchedReports: async (iccid, mr, since) => reports.unmatched(iccid, mr, since),

    findReceived: async (iccid, pdu, since) => inboundViews.findReceived(iccid, pdu, since),
    openGroups: async (key) => inboundViews.openGroups(key),
    receive: (received, judge) => committer.write((tx) => inbound.receive(tx, received, judge)),
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

    addUser: (user, entry) => audited(entry, () => users.add(user), isDone),
    changeUser: (id, change, entry) => audited(entry, () => users.change(id, change), isDone),
    removeUser: (id, entry) => audited(entry, () => users.remove(id), isDone),
    takeStep: (id, seed, step) => committer.write(() => users.takeStep(id, seed, step)),
    takeRecovery: (id, hash, entry) =>
      audited(
        entry,
        () => users.takeRecovery(id, hash),
        (was) => was,
      ),
    userNamed: async (name) => users.named(name),
    users: async () => users.all(),
    accessible: () => users.accessible(),

    audit: (entry) => committer.write(() => audit.add(entry)),
    auditLog: async (filter, page) => audit.list(filter, page),
    verifyAudit: (noted) => audit.verify(noted),
    async auditAccepted(now) {
      while (!(await committer.write(() => acceptedCount.step(now))));
    },

    async purge(now) {
      for (const purge of [idempotency.purge(now), outbox.purge(now), reports.purge(now)]) await inPortions(portions, purge);
      await committer.write(() => caps.purge());
      await committer.write(() => suppressions.purge(now));
      await committer.write(() => codes.purge(now));
      await committer.write(() => boxAlerts.purge(now - ALERTS_KEPT));
    },
    async eraseTexts(periods, now) {
      const messages = retention.messages(periods, now);
      const inbound = retention.inbound(periods, now);
      for (const sweep of [...messages, inbound]) await inPortions(portions, (rows) => sweep.step(rows));
      await committer.write(() => retention.eraseStrays(now - periods.inbound));
      await committer.write(() => dialogues.erase(now - periods.inbound));
      const erased = messages.reduce((sum, sweep) => sum + sweep.erased, 0);
      // Also for the codes that were erased when they became final.
      await checkpoints.empty();
      return { messages: erased, inbound: inbound.erased, more: [...messages, inbound].some((sweep) => sweep.more) };
    },
    examine: () => examine(writer.name),
    faultOf: readingFault,
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
