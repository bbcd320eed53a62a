import { presetGroupNames, presetGroups } from '@tenth/engine/presets/preset.ts';
import { presets } from '@tenth/engine/presets/presets.ts';
import { type PresetLibrary, preset } from '@tenth/model/preset.ts';
import { z } from 'zod';
import type { Handlers } from '../call.ts';

type PresetHandlers = Pick<Handlers, 'listPresets'>;

/** The same for every workspace and as long as the process runs. */
export function presetHandlers(): PresetHandlers {
  let library: PresetLibrary | undefined;
  return {
    async listPresets() {
      library ??= readLibrary();
      return library;
    },
  };
}

function readLibrary(): PresetLibrary {
  return {
    groups: presetGroups.map((id) => ({ id, name: presetGroupNames[id] })),
    presets: presets.map(({ id, group, name, description, parameters, labels, segment }) => ({
      id,
      group,
      name,
      description,
      parameters: formOf(parameters),
      labels: { ...labels },
      segment: segment(),
    })),
  };
}

function formOf(parameters: z.ZodType): PresetLibrary['presets'][number]['parameters'] {
  const { $schema: _, ...form } = z.toJSONSchema(parameters, { io: 'input' });
  return preset.shape.parameters.parse(form);
}
