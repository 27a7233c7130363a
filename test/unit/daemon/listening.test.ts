import { expect, it } from 'vitest';
import { whyUnbound } from '../../../src/base/unbound.ts';
import { mayListen } from '../../../src/daemon/listening.ts';

it('says in plain words why nothing can listen on an address, and what to do', async () => {
  await expect(mayListen('192.0.2.1:8025', 'http.listen')).rejects.toThrow(
    'Nothing can listen on 192.0.2.1:8025: this machine has no such address. Choose another http.listen.',
  );
  // Tests may run as root, to whom every port is free.
  const forbidden = Object.assign(new Error('listen EACCES: permission denied 0.0.0.0:80'), { code: 'EACCES' });
  expect(whyUnbound(forbidden)).toBe('this user may not; ports below 1024 are for root');
  expect(whyUnbound('gone')).toBe('gone');
});
