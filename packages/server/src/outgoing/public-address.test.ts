import { expect, test } from 'vitest';
import { allowedDestinations } from './allowed-destinations.ts';
import { isPublicAddress } from './public-address.ts';

test.each([
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001::7f00:1',
  '2001:db8::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '4000::1',
  '',
  'localhost',
  '127.1',
  '0x7f000001',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['1.1.1.1', '8.8.8.8', '223.130.195.200', '2606:4700::1111', '2404:4600::1'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test('the operator allows hosts, addresses and networks by name', () => {
  const allowed = allowedDestinations(['CRM.internal', '10.1.0.0/16', '192.168.1.5', 'fd00::/8']);
  expect(allowed.hasHost('crm.internal')).toBe(true);
  expect(allowed.hasHost('other.crm.internal')).toBe(false);
  expect(allowed.hasAddress('10.1.255.1')).toBe(true);
  expect(allowed.hasAddress('10.2.0.1')).toBe(false);
  expect(allowed.hasAddress('192.168.1.5')).toBe(true);
  expect(allowed.hasAddress('192.168.1.6')).toBe(false);
  expect(allowed.hasAddress('fd00::1')).toBe(true);
  expect(allowed.hasAddress('::ffff:10.1.0.1')).toBe(false);
  expect(() => allowedDestinations(['not a host!'])).toThrowError('not a host! is no host name');
});
