import { ACCESS_TEMPLATES } from './templates/access.ts';
import { DATA_TEMPLATES } from './templates/data.ts';
import { SCRIPT_TEMPLATES } from './templates/scripting.ts';
import { SERVER_TEMPLATES } from './templates/server.ts';
import { SETTING_TEMPLATES } from './templates/settings.ts';
import { SORT_TEMPLATES } from './templates/sorting.ts';
import { type Template } from './templates/template.ts';

/** Commands of which the documentation says too little, or whose effect depends on chance. */
export const TEMPLATES: Readonly<Record<string, Template>> = {
  ...DATA_TEMPLATES,
  ...SORT_TEMPLATES,
  ...SCRIPT_TEMPLATES,
  ...SERVER_TEMPLATES,
  ...ACCESS_TEMPLATES,
  ...SETTING_TEMPLATES,
};
