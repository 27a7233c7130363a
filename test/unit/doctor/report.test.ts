import { expect, it } from 'vitest';
import { redactReport } from '../../../src/doctor/report.ts';

it.each([
  ['key simpost_C2FVsBQIhrscChlQIMV-b5sSYspob7oD', 'key (secret)'],
  ['secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"', 'secret = "(secret)"'],
  ['url = "https://user:pw@hooks.example.com:8443/T0/B1?token=abc"', 'url = "https://hooks.example.com:8443/…"'],
  ['+380501234567', '+380501******'],
  ['+380 (50) 123-45-67', '+380 (50) 1**-**-**'],
  ['iccid = "8938001234567890123"', 'iccid = "893800*************"'],
  ['2026-11-22T10:00:00.000Z > AT+CSQ', '2026-11-22T10:00:00.000Z > AT+CSQ'],
  ['/dev/ttyUSB2 12d1:1506, 20000 MB', '/dev/ttyUSB2 12d1:1506, 20000 MB'],
])('X24: %s is %s in a report', (text, is) => expect(redactReport(text)).toBe(is));
