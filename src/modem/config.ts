/** A [[modem]] of the configuration; it names one of port, imei and usbPath. */
export interface ModemConfig {
  /** What `open` takes: a device, `tcp://host:port`, `sim://NAME`. */
  readonly port?: string | undefined;
  readonly imei?: string | undefined;
  readonly usbPath?: string | undefined;
  readonly name?: string | undefined;
  /** Of a real serial line. */
  readonly baudRate?: number | undefined;
}
