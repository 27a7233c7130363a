import { rmSync, writeFileSync, writeSync } from 'node:fs';
import { systemClock } from '../../src/base/clock.ts';
import { Fault } from '../../src/base/fault.ts';
import { newMessageId } from '../../src/base/ids.ts';
import { systemRandom } from '../../src/base/random.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { newMessage, SIM_A } from './store-samples.ts';

/**
 * A process with a store that tests kill, starve or break: `store-child.ts MODE FOLDER [COUNT] [FULL|NORMAL|OFF]`. It writes a
 * line for each thing that the store has promised, after the promise: `accepted ID`, `claimed ID`, `sent ID`.
 */
const [mode = '', path = '', count = '0', synchronous = 'FULL'] = process.argv.slice(2);

/** To the pipe at once, so that what was said is known to have been said before a kill. */
const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

async function acceptOne(store: Store): Promise<string> {
  const message = newMessage(systemClock.now(), { id: newMessageId(systemRandom, systemClock.now()) });
  await store.accept([message]);
  say(`accepted ${message.id}`);
  return message.id;
}

async function tryAccept(store: Store): Promise<void> {
  try {
    await acceptOne(store);
  } catch (error) {
    say(`refused ${error instanceof Fault ? error.code : String(error)}`);
  }
}

async function sendOne(store: Store): Promise<void> {
  const claim = await store.claim({ iccid: SIM_A, imei: '1', predictedMr: 1, now: systemClock.now() });
  if (!claim) return;
  say(`claimed ${claim.messageId}`);
  await store.settle(claim.attemptId, { kind: 'sent', mr: 1, at: systemClock.now() });
  say(`sent ${claim.messageId}`);
}

const store = await openSqliteStore({
  path,
  clock: systemClock,
  random: systemRandom,
  daemon: true,
  synchronous: synchronous === 'NORMAL' || synchronous === 'OFF' ? synchronous : 'FULL',
  onFatal: (error) => {
    say(`fatal ${error instanceof Fault ? error.code : String(error)}`);
    process.exit(3);
  },
}).catch((error: unknown) => {
  say(`unopened ${error instanceof Fault ? error.code : String(error)}`);
  process.exit(1);
});
say(`open ${process.pid}`);

switch (mode) {
  case 'accept':
    for (let i = 0; i < Number(count); i += 1) await acceptOne(store);
    break;
  case 'lives':
    for (let i = 0; i < Number(count); i += 1) {
      await acceptOne(store);
      await sendOne(store);
    }
    break;
  case 'rash':
    // Says so before it is so: the control of what cuts the power.
    for (let i = 0; i < Number(count); i += 1) {
      const message = newMessage(systemClock.now(), { id: newMessageId(systemRandom, systemClock.now()) });
      const accepted = store.accept([message]);
      say(`accepted ${message.id}`);
      await accepted;
    }
    break;
  case 'work':
    // Several at once, so that commits are shared when the kill comes.
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (;;) {
          await acceptOne(store);
          await sendOne(store);
        }
      }),
    );
    break;
  case 'full': {
    const flag = process.env.SHIM_FULL ?? '';
    for (let i = 0; i < 5; i += 1) await tryAccept(store);
    writeFileSync(flag, '');
    await Promise.all(Array.from({ length: 5 }, () => tryAccept(store)));
    await tryAccept(store);
    rmSync(flag);
    await tryAccept(store);
    await sendOne(store);
    break;
  }
  case 'starved': {
    // Each write of each kind of commit meets a full disk at some time: acceptance, intent, outcome.
    const flag = process.env.SHIM_FULL ?? '';
    writeFileSync(flag, '');
    for (let i = 0; i < Number(count); i += 1) {
      await tryAccept(store);
      try {
        await sendOne(store);
      } catch (error) {
        say(`refused ${error instanceof Fault ? error.code : String(error)}`);
      }
    }
    rmSync(flag);
    await tryAccept(store);
    await sendOne(store);
    break;
  }
  case 'fold':
    for (let i = 0; i < Number(count); i += 1) {
      await store.accept(
        Array.from({ length: 1000 }, () => newMessage(systemClock.now(), { id: newMessageId(systemRandom, systemClock.now()) })),
      );
    }
    break;
  case 'hold':
    await new Promise((resolve) => process.stdin.on('end', resolve).resume());
    break;
}
await store.close();
say('closed');
