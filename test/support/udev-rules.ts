import type { Profile } from '../../src/modem/profile-schema.ts';

const HEAD = `# Which ports of a stick speak AT: written from the profiles in firmware-config/profiles, not by hand.
# To write it anew: npx vitest run -u test/integration/firmware-config.test.ts
#
# A port that speaks AT has SIMPOST_AT=n, 1 for the best of the stick; the best also has the name /dev/simpost/<USB socket>-at.
# It must sort after 60-simpost.rules and 60-serial.rules, which find ID_PATH_TAG and the number of the USB interface.

ACTION=="remove", GOTO="simpost_ports_end"
SUBSYSTEM!="tty", GOTO="simpost_ports_end"
ENV{ID_USB_INTERFACE_NUM}!="?*", GOTO="simpost_ports_end"
ENV{ID_PATH_TAG}!="?*", GOTO="simpost_ports_end"
`;

const hex = (n: number): string => n.toString(16).padStart(2, '0');

/** The udev rules that say which USB interfaces of which modem speak AT, from the profiles. */
export function atPortRules(profiles: readonly Profile[]): string {
  const ids = new Map<string, { at: readonly number[]; names: string[] }>();
  for (const { name, usb } of profiles) {
    for (const { id, at } of usb) {
      const known = ids.get(id);
      // Two makes may share a number, but then their ports must be the same: udev cannot ask +CGMM.
      if (known && known.at.join() !== at.join()) throw new Error(`${id} has other AT ports in ${name} than in ${known.names.join(', ')}`);
      ids.set(id, { at, names: [...(known?.names ?? []), name] });
    }
  }
  const rules = [...ids].sort().map(([id, { at, names }]) => {
    const [vendor = '', product = ''] = id.split(':');
    const lines = at.map((n, rank) => {
      const port = `ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}", ENV{ID_USB_INTERFACE_NUM}=="${hex(n)}"`;
      return `${port}, ENV{SIMPOST_AT}="${rank + 1}"${rank === 0 ? ', SYMLINK+="simpost/$env{ID_PATH_TAG}-at"' : ''}`;
    });
    return `# ${names.join(', ')}\n${lines.join('\n')}\n`;
  });
  return `${HEAD}\n${rules.join('\n')}\nLABEL="simpost_ports_end"\n`;
}
