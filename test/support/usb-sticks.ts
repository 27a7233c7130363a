/** An interface as `usb-devices` lists it: class, subclass and protocol in hex, and the driver that Linux gives it; none: ''. */
export interface StickInterface {
  readonly codes: string;
  readonly driver: string;
}

export interface UsbStick {
  readonly what: string;
  /** `vendor:product`. */
  readonly id: string;
  /** Who showed these descriptors. */
  readonly source: string;
  readonly interfaces: readonly StickInterface[];
  /** Numbers of the interfaces that keep their driver beside our rules; undefined: the rules leave the device alone. */
  readonly kept?: readonly number[];
}

const parts = (...texts: readonly string[]): StickInterface[] =>
  texts.map((text) => {
    const [codes = '', driver = ''] = text.split(' ');
    return { codes, driver };
  });

/** What is plugged into machines, by listings of `usb-devices` or `/sys/kernel/debug/usb/devices` that somebody published. */
export const USB_STICKS: readonly UsbStick[] = [
  {
    what: 'Huawei E3372 as a stick',
    id: '12d1:1506',
    source: 'openwrt.org, docs/guide-user/network/wan/wwan/ethernetoverusb_ncm',
    interfaces: parts('ff0310', 'ff0312 option', 'ff0316 huawei_cdc_ncm', '080650 usb-storage', '080650 usb-storage'),
    kept: [1],
  },
  {
    what: 'Huawei E398, two interfaces of one network card',
    id: '12d1:1506',
    source: 'ubuntuforums.org, "usb-devices" beside a Sierra MC7710',
    interfaces: parts('ff0101 option', 'ff0109 qmi_wwan', 'ff0108 qmi_wwan', 'ff0103 option', 'ff0102 option', '080650 usb-storage'),
    kept: [0, 3, 4],
  },
  {
    what: 'ZTE MF110 with its card reader',
    id: '19d2:0031',
    source: 'ubuntuforums.org, "usb-devices" of a ZTE CDMA Technologies MSM',
    interfaces: parts('ffffff option', 'ffffff option', '080650 usb-storage', 'ffffff option'),
    kept: [0, 1, 3],
  },
  {
    what: 'SIMCom SIM7600 as a network card (RNDIS with the class of a modem)',
    id: '1e0e:9011',
    source: 'Linux, commit 5417a7e48296',
    interfaces: parts(
      '0202ff rndis_host',
      '0a0000 rndis_host',
      'ffffff option',
      'ff0000 option',
      'ff0000 option',
      'ff0000 option',
      'ff0000 option',
      'ff4201',
    ),
    kept: [2, 3, 4, 5, 6],
  },
  {
    what: 'GosunCn ME3630 as a network card (RNDIS)',
    id: '19d2:0601',
    source: 'lore.kernel.org, J. Storvist, 19 June 2019',
    interfaces: parts('e00103 rndis_host', '0a0000 rndis_host', 'ffffff option', 'ff0000 option', 'ff0000 option'),
    kept: [2, 3, 4],
  },
  {
    what: 'Cinterion CLS8',
    id: '1e2d:00b0',
    source: 'Linux, commit dfbac2f4da6a',
    interfaces: parts('ff4201', 'ff0000 option', 'ff0000 option', 'ff0000 option', 'ffffff qmi_wwan'),
    kept: [1, 2, 3],
  },
  {
    what: 'Cinterion MV31 (MBIM)',
    id: '1e2d:00b8',
    source: 'lore.kernel.org, Slark Xiao, "Add support for MV31-W new baseline"',
    interfaces: parts('020e00 cdc_mbim', '0a0002 cdc_mbim', 'ffff40 option', 'ffffff', 'ffff60 option', 'ffff30 option'),
    kept: [2, 4, 5],
  },
  {
    what: 'Quectel EC25 as a network card (ECM)',
    id: '2c7c:0125',
    source: 'lore.kernel.org, "option: support dynamic Quectel USB compositions"',
    interfaces: parts('ffffff option', 'ff0000 option', 'ff0000 option', 'ff0000 option', '020600 cdc_ether', '0a0000 cdc_ether'),
    kept: [0, 1, 2, 3],
  },
  {
    what: 'u-blox TOBY-L2 (RNDIS beside CDC ACM)',
    id: '1546:1146',
    source: 'ubuntuforums.org, "usb-devices" of a MODEM-LTE',
    interfaces: parts('e00103 rndis_host', '0a0000 rndis_host', '020201 cdc_acm', '0a0000 cdc_acm'),
    kept: [2, 3],
  },
  {
    what: 'Option GlobeTrotter: serial and network by one driver, on one interface',
    id: '0af0:6971',
    source: 'ubuntuforums.org, "usb-devices" of a Globetrotter HSDPA Modem',
    interfaces: parts('ffffff hso', 'ffffff hso', 'ffffff hso'),
    kept: [0, 1, 2],
  },
  {
    what: 'u-blox 8, a receiver of positions',
    id: '1546:01a8',
    source: 'github.com, "Receiving GPS data on RPi"',
    interfaces: parts('020201 cdc_acm', '0a00ff cdc_acm'),
    kept: [0, 1],
  },
  {
    what: 'Huawei, not switched over yet',
    id: '12d1:14fe',
    source: 'ubuntuforums.org, dmesg of an E398',
    interfaces: parts('080650 usb-storage', '080650 usb-storage'),
  },
  {
    what: 'ZTE MF190J, not switched over yet',
    id: '19d2:1542',
    source: 'ubuntuforums.org, "usb-devices" of an MF160J',
    interfaces: parts('080650 usb-storage'),
  },
  {
    what: 'Huawei E3372 as a router (HiLink)',
    id: '12d1:14dc',
    source: 'openwrt.org, docs/guide-user/network/wan/wwan/ethernetoverusb_cdc',
    interfaces: parts('020600 cdc_ether', '0a0000 cdc_ether', '080650 usb-storage'),
  },
];

/** What a modem that was taken over could be besides. */
export const TAKEN_OVER: readonly UsbStick[] = [
  {
    what: 'a Cinterion that is a keyboard too',
    id: '1e2d:00b0',
    source: 'made up',
    interfaces: parts('ff0000 option', '030101 usbhid', '0b0000', '010100 snd-usb-audio'),
    kept: [0],
  },
  { what: 'a Cinterion that is only a keyboard', id: '1e2d:00b0', source: 'made up', interfaces: parts('030101 usbhid'), kept: [] },
  {
    what: 'a disk by the driver alone, with the class of a maker',
    id: '19d2:1225',
    source: 'made up; UNUSUAL_DEV of usb-storage goes by the number',
    interfaces: parts('ffffff usb-storage', 'ff0000 option'),
    kept: [1],
  },
];

/** What is none of the makers' affair. */
export const OTHERS: readonly UsbStick[] = [
  { what: 'a keyboard', id: '046d:c31c', source: 'made up', interfaces: parts('030101 usbhid', '030000 usbhid') },
  { what: 'a network card', id: '0bda:8153', source: 'made up', interfaces: parts('ffff00 r8152') },
  { what: 'an adapter', id: '0403:6001', source: 'made up', interfaces: parts('ffffff ftdi_sio') },
  { what: 'a hub', id: '05e3:0608', source: 'made up', interfaces: parts('090000 hub') },
];
