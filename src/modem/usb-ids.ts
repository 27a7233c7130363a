import type { Profile } from './profile-schema.ts';

/**
 * The USB interfaces that speak AT, best first, by `vendor:product`, as the profiles say. Where two makes share a number
 * they have the same ports, which a test holds the profiles to.
 */
export function atInterfaces(profiles: readonly Pick<Profile, 'usb'>[]): Map<string, readonly number[]> {
  return new Map(profiles.flatMap(({ usb }) => usb.map(({ id, at }) => [id, at] as const)));
}
