import type { Clock } from '../../src/base/clock.ts';
import type { MachineTime } from '../../src/base/machine-time.ts';

/** A machine whose time service, battery clock and boots are what a test says. */
export interface StillMachine extends MachineTime {
  bootId: string;
  isSynchronized: boolean;
  rtcAt: number | null;
}

export function stillMachine(clock: Clock): StillMachine {
  return {
    bootId: 'boot-1',
    isSynchronized: false,
    rtcAt: null,
    uptime: () => clock.monotonic(),
    synchronized() {
      return this.isSynchronized;
    },
    virtual: () => false,
    rtc() {
      return this.rtcAt;
    },
  };
}
