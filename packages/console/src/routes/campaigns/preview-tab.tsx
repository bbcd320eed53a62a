import type { Campaign } from '@tenth/model/campaign.ts';
import { locales } from '@tenth/model/locale.ts';
import { useState } from 'react';
import { useLocale, useMessages } from '../../messages/locale-provider.tsx';
import { Card } from '../../ui/card.tsx';
import { ChoiceField } from '../../ui/fields.tsx';
import { Muted, Row, Stack } from '../../ui/layout.tsx';
import { MessagePreview } from './message-preview.tsx';

export function PreviewTab({ campaign }: { readonly campaign: Campaign }) {
  const { preview: messages, settings } = useMessages();
  const [variantId, setVariantId] = useState<string>();
  const [language, setLanguage] = useState(useLocale());
  const variant = campaign.variants.find((one) => one.id === variantId) ?? campaign.variants[0];
  if (variant === undefined) {
    return null;
  }
  return (
    <Card title={messages.sample}>
      <Stack>
        <Row gap={12}>
          <ChoiceField
            label={messages.variant}
            hideLabel
            value={variant.id}
            choices={campaign.variants.map((one) => ({ value: one.id, label: one.id }))}
            onChange={setVariantId}
          />
          <ChoiceField
            label={messages.language}
            hideLabel
            value={language}
            choices={locales.map((locale) => ({ value: locale, label: settings.locales[locale] }))}
            onChange={setLanguage}
          />
        </Row>
        <MessagePreview format={campaign.format} content={variant.content} locale={language} />
        <Muted>{messages.note}</Muted>
      </Stack>
    </Card>
  );
}
