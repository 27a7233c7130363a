import { GENERIC, type ModemModel } from './models.ts';
import { BGS2, MC55, QUECTEL_EC, QUECTEL_M, SIMCOM_2G, SIMCOM_SIM7600, UBLOX, WAVECOM } from './modules.ts';
import { HUAWEI, HUAWEI_E3372, ZTE } from './sticks.ts';

/** A virtual modem for each profile of `firmware-config/profiles`, by the profile's name. */
export const MAKES: Readonly<Record<string, ModemModel>> = {
  generic: GENERIC,
  huawei: HUAWEI,
  'huawei-e3372': HUAWEI_E3372,
  zte: ZTE,
  'quectel-m': QUECTEL_M,
  'quectel-ec': QUECTEL_EC,
  'simcom-2g': SIMCOM_2G,
  'simcom-sim7600': SIMCOM_SIM7600,
  'wavecom-q24': WAVECOM,
  'cinterion-bgs2': BGS2,
  'cinterion-mc55': MC55,
  'ublox-sara': UBLOX,
};
