import { rule } from '../text/rule.ts';
import { amount, share, word } from './parameters.ts';
import { adjustable, type Preset, say } from './preset.ts';

const interestLabels = {
  share: say('관심 비중 (이상)', 'Share of interest, at least'),
  score: say('관심 점수 (이상, 상품 하나를 보면 1)', 'Score, at least (a product view is 1)'),
};

/** By what someone looks at, adds and buys, weighted and fading. */
export const interestPresets: readonly Preset[] = [
  adjustable({
    id: 'category-lovers',
    group: 'interest',
    name: say('한 카테고리를 좋아하는 사람', 'Category lovers'),
    description: say(
      '본 것, 담은 것, 산 것의 대부분이 한 카테고리인 사람. 첫 화면을 그 카테고리로 바꿔 보세요.',
      'Most of what they look at, add and buy is of one category: put it on their front page.',
    ),
    parameters: { category: word('men'), share: share(0.5), score: amount(3) },
    labels: { category: say('카테고리', 'Category'), ...interestLabels },
    called: ({ category }) => say(`‘${category}’에 관심이 큰 사람`, `Drawn to “${category}”`),
    condition: (given) => rule`
      affinity share of category ${given.category} >= ${given.share}
      and affinity score of category ${given.category} >= ${given.score}`,
  }),
  adjustable({
    id: 'brand-lovers',
    group: 'interest',
    name: say('한 브랜드를 좋아하는 사람', 'Brand lovers'),
    description: say(
      '관심의 상당 부분이 한 브랜드에 모인 사람. 그 브랜드의 새 상품을 먼저 알려 주세요.',
      'Much of their interest goes to one brand: tell them first of what is new from it.',
    ),
    parameters: { brand: word('라운드랩'), share: share(0.3), score: amount(3) },
    labels: { brand: say('브랜드', 'Brand'), ...interestLabels },
    called: ({ brand }) => say(`‘${brand}’ 브랜드를 좋아하는 사람`, `Fond of “${brand}”`),
    condition: (given) => rule`
      affinity share of brand ${given.brand} >= ${given.share}
      and affinity score of brand ${given.brand} >= ${given.score}`,
  }),
];
