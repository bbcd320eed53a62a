import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';

export type ColorScheme = 'light' | 'dark' | 'auto';

export function useColorScheme(): {
  readonly chosen: ColorScheme;
  /** What `auto` comes to now. */
  readonly shown: 'light' | 'dark';
  readonly choose: (scheme: ColorScheme) => void;
} {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return { chosen: colorScheme, shown, choose: setColorScheme };
}
