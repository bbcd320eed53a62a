import type { Bilingual } from '../language.ts';

export interface Department {
  readonly id: string;
  readonly name: Bilingual;
  readonly line: Bilingual;
  readonly parts: Readonly<Record<string, Bilingual>>;
}

/** In the order of the menu. The keys of `parts` are second parts of category paths. */
export const departments: readonly Department[] = [
  {
    id: 'women',
    name: { ko: '여성', en: 'Women' },
    line: { ko: '편안하고 오래가는 옷', en: 'Easy clothes that last' },
    parts: {
      blouses: { ko: '블라우스', en: 'Blouses' },
      dresses: { ko: '원피스', en: 'Dresses' },
      knitwear: { ko: '니트', en: 'Knitwear' },
      skirts: { ko: '스커트', en: 'Skirts' },
      outerwear: { ko: '아우터', en: 'Outerwear' },
      bags: { ko: '가방', en: 'Bags' },
    },
  },
  {
    id: 'men',
    name: { ko: '남성', en: 'Men' },
    line: { ko: '기본을 단단하게', en: 'Basics, made solid' },
    parts: {
      shirts: { ko: '셔츠', en: 'Shirts' },
      tees: { ko: '티셔츠', en: 'Tees' },
      knitwear: { ko: '니트', en: 'Knitwear' },
      trousers: { ko: '바지', en: 'Trousers' },
      outerwear: { ko: '아우터', en: 'Outerwear' },
      shoes: { ko: '신발', en: 'Shoes' },
      accessories: { ko: '소품', en: 'Accessories' },
    },
  },
  {
    id: 'kids',
    name: { ko: '키즈', en: 'Kids' },
    line: { ko: '씩씩하게 놀고 편히 쉬기', en: 'Play hard, rest well' },
    parts: {
      toys: { ko: '장난감', en: 'Toys' },
      clothes: { ko: '옷', en: 'Clothes' },
      bags: { ko: '가방', en: 'Bags' },
    },
  },
  {
    id: 'home',
    name: { ko: '홈', en: 'Home' },
    line: { ko: '방 한쪽에 놓는 온기', en: 'Warmth for a corner of the room' },
    parts: {
      candles: { ko: '캔들', en: 'Candles' },
      textiles: { ko: '패브릭', en: 'Textiles' },
      lighting: { ko: '조명', en: 'Lighting' },
      objects: { ko: '오브제', en: 'Objects' },
    },
  },
  {
    id: 'kitchen',
    name: { ko: '키친', en: 'Kitchen' },
    line: { ko: '매일 쓰는 그릇과 도구', en: 'Bowls and tools for every day' },
    parts: {
      tableware: { ko: '그릇', en: 'Tableware' },
      cookware: { ko: '조리 도구', en: 'Cookware' },
      prep: { ko: '도마', en: 'Boards' },
      drinkware: { ko: '텀블러', en: 'Drinkware' },
    },
  },
  {
    id: 'beauty',
    name: { ko: '뷰티', en: 'Beauty' },
    line: { ko: '순하게 씻고 촉촉하게', en: 'Gently washed, well hydrated' },
    parts: {
      skincare: { ko: '스킨케어', en: 'Skincare' },
      sun: { ko: '선케어', en: 'Sun care' },
      body: { ko: '바디', en: 'Body' },
      hair: { ko: '헤어', en: 'Hair' },
    },
  },
  {
    id: 'sports',
    name: { ko: '스포츠', en: 'Sports' },
    line: { ko: '가볍게 나서는 길', en: 'Out of the door, lightly' },
    parts: {
      training: { ko: '트레이닝', en: 'Training' },
      running: { ko: '러닝', en: 'Running' },
      bottles: { ko: '물병', en: 'Bottles' },
      bags: { ko: '가방', en: 'Bags' },
    },
  },
  {
    id: 'stationery',
    name: { ko: '문구', en: 'Stationery' },
    line: { ko: '손으로 적는 하루', en: 'A day written by hand' },
    parts: {
      notebooks: { ko: '노트', en: 'Notebooks' },
      pens: { ko: '필기구', en: 'Pens' },
      paper: { ko: '종이', en: 'Paper' },
      cases: { ko: '파우치', en: 'Cases' },
    },
  },
  {
    id: 'pantry',
    name: { ko: '식료품', en: 'Pantry' },
    line: { ko: '과수원과 부엌에서', en: 'From the orchard and the kitchen' },
    parts: {
      jars: { ko: '꿀 · 잼', en: 'Honey and jam' },
      tea: { ko: '차', en: 'Tea' },
      coffee: { ko: '커피', en: 'Coffee' },
    },
  },
];

export function findDepartment(id: string): Department | undefined {
  return departments.find((department) => department.id === id);
}

/** `men/shirts` reads `남성 / 셔츠`; an unknown path yields nothing. */
export function findCategoryName(path: string): Bilingual | undefined {
  const [head = '', part] = path.split('/');
  const department = findDepartment(head);
  if (part === undefined) {
    return department?.name;
  }
  // `men/constructor` must not find what every object has.
  return department !== undefined && Object.hasOwn(department.parts, part)
    ? department.parts[part]
    : undefined;
}
