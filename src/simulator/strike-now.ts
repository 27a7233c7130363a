import type { FaultsAt } from './faults.ts';
import type { VirtualModem } from './modem.ts';
import type { SimCard } from './sim-card.ts';

/** What a fault needs of the network. */
interface Stage {
  after(ms: number, fn: () => void): void;
  moveCard(modem: VirtualModem, card: SimCard | null): void;
}

/** Lets a fault that happens at once happen to a modem. */
export function strikeNow(network: Stage, spec: FaultsAt['now'], modem: VirtualModem): void {
  const { card } = modem;
  switch (spec.fault) {
    case 'unplug':
      modem.unplug(spec.backMs);
      break;
    case 'silence':
      modem.fallSilent(spec);
      break;
    case 'registrationLost':
      modem.loseRegistration(spec.stat, spec.forMs);
      break;
    case 'signal':
      modem.signal = spec.rssi;
      break;
    case 'simRemoved':
      modem.insert(undefined);
      if (card && spec.forMs !== undefined) network.after(spec.forMs, () => network.moveCard(modem, card));
      break;
    case 'pin':
      card?.lockWith(spec.pin);
      modem.cardLockChanged();
      break;
    case 'puk':
      card?.block();
      modem.cardLockChanged();
  }
}
