/** A serial port as the system describes it; what it does not know is null. */
export interface ListedPort {
  readonly path: string;
  readonly manufacturer: string | null;
  /** Four digits of hex each. */
  readonly vendorId: string | null;
  readonly productId: string | null;
}

/** Every PC has these, most of them without anything behind them. */
const ON_BOARD = /\/ttyS\d+$/;

/** The serial ports of USB devices and of boards; none where the system cannot tell. */
export async function listPorts(): Promise<ListedPort[]> {
  const { SerialPort } = await import('serialport');
  const ports = await SerialPort.list().catch(() => []);
  return ports
    .filter(({ path, vendorId }) => vendorId !== undefined || !ON_BOARD.test(path))
    .map(({ path, manufacturer, vendorId, productId }) => ({
      path,
      manufacturer: manufacturer ?? null,
      vendorId: vendorId ?? null,
      productId: productId ?? null,
    }));
}
