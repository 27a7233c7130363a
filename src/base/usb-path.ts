/**
 * Where a USB socket is: `1-1.4` is port 4 of hub 1-1, `1-4` port 4 of the root hub 1.
 * @param socket bus and chain of hub ports, as the kernel writes it; what follows a colon, an interface, does not count
 */
export function hubOf(socket: string): { hub: string; port: string } {
  const device = socket.replace(/:.*$/, '');
  const at = Math.max(device.lastIndexOf('.'), device.lastIndexOf('-'));
  return { hub: device.slice(0, at), port: device.slice(at + 1) };
}
