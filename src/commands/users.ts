import { systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { cliActor } from './system-user.ts';
import { withExistingStore } from './with-store.ts';

/**
 * `simpost users take-factor`: whoever lost the phone, and the recovery codes with it, logs in with the password alone again.
 * @param options.name upper and lower case are the same
 * @returns a sentence
 * @throws Fault `requestInvalid` where nobody is called so, or has no second factor
 */
export async function takeSecondFactor(options: { name: string; config?: string }): Promise<string> {
  const name = await withExistingStore(options.config, async (store) => {
    const user = await store.userNamed(options.name);
    if (!user) {
      const names = (await store.users()).map((one) => `"${one.name}"`).join(', ');
      throw new Fault('requestInvalid', `There is no user "${options.name}"; there ${names === '' ? 'is none at all' : `are ${names}`}.`);
    }
    if (!user.secondFactor) throw new Fault('requestInvalid', `${user.name} has no second factor: the password alone opens.`);
    const entry = { at: systemClock.now(), actor: cliActor(), action: 'secondFactor.takeAway', target: user.id, detail: {} } as const;
    await store.changeUser(user.id, { secondFactor: null }, entry);
    return user.name;
  });
  return `The second factor of ${name} is gone: the password alone opens again. Who is logged in stays so until the daemon starts again.\n`;
}
