// What Regulars Tea & Coffee sells: things that are used up, and things that are bought once.

export type Size = { title: string; grams: number; priceMinor: number; costMinor: number };
export type TeaProduct = {
  handle: string;
  title: string;
  kind: "coffee" | "tea" | "sampler" | "gift" | "durable" | "supply";
  productType: string;
  description: string;
  tags: string[];
  /** how often it is chosen among its kind */
  weight: number;
  /** how much more (or less) in a month, January first; all year the same if left out */
  monthFactors?: readonly number[];
  sizes: readonly [Size, ...Size[]];
};

// Larger bags are cheaper by the gram; a shop of this kind earns a bit more than half of the price.
const bag = (title: string, grams: number, priceMinor: number): Size => ({ title, grams, priceMinor, costMinor: Math.round(priceMinor * 0.42) });
const coffeeBags = (priceMinor: number): [Size, ...Size[]] => [bag("250 g", 250, priceMinor), bag("500 g", 500, Math.round(priceMinor * 1.85 / 50) * 50), bag("1 kg", 1000, Math.round(priceMinor * 3.4 / 50) * 50)];
const teaBags = (priceMinor: number): [Size, ...Size[]] => [bag("100 g", 100, priceMinor), bag("250 g", 250, Math.round(priceMinor * 2.2 / 50) * 50)];
const single = (grams: number, priceMinor: number): [Size, ...Size[]] => [{ title: "Default Title", grams, priceMinor, costMinor: Math.round(priceMinor * 0.5) }];

const summer = [0.2, 0.2, 0.4, 0.8, 2, 3.2, 4, 3.6, 1.8, 0.6, 0.2, 0.2] as const;
const winter = [1.4, 1.2, 0.8, 0.5, 0.3, 0.2, 0.2, 0.2, 0.6, 1.3, 2.2, 3] as const;
const spring = [0.6, 0.8, 1.4, 2.4, 2.2, 1.4, 1, 0.8, 0.7, 0.7, 0.7, 0.7] as const;
const gifting = [0.2, 0.8, 0.3, 0.4, 0.9, 0.4, 0.2, 0.2, 0.3, 0.6, 2.6, 6] as const;

type Fields = Partial<Pick<TeaProduct, "monthFactors" | "tags">> & { about: string };

const product = (kind: TeaProduct["kind"], productType: string, title: string, weight: number, sizes: [Size, ...Size[]], { about, ...fields }: Fields): TeaProduct => ({
  kind, productType, title, weight, sizes, description: about, tags: [kind], ...fields,
  handle: title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""),
});

export const teaCatalog: readonly [TeaProduct, ...TeaProduct[]] = [
  product("coffee", "Coffee beans", "House Espresso", 10, coffeeBags(1450), { about: "Chocolate and hazelnut, roasted for milk." }),
  product("coffee", "Coffee beans", "Morning Filter Blend", 9, coffeeBags(1400), { about: "Caramel, orange peel, a round cup to begin with." }),
  product("coffee", "Coffee beans", "Ethiopia Guji", 6, coffeeBags(1800), { about: "Washed heirloom lots: jasmine, peach, black tea." }),
  product("coffee", "Coffee beans", "Colombia Huila", 5, coffeeBags(1650), { about: "Red apple and panela from small farms." }),
  product("coffee", "Coffee beans", "Sumatra Dark", 3, coffeeBags(1550), { about: "Cedar, cocoa, very little acidity." }),
  product("coffee", "Coffee beans", "Swiss Water Decaf", 3, coffeeBags(1600), { about: "All of the taste, for the evening." }),
  product("coffee", "Coffee beans", "Winter Roast", 4, coffeeBags(1600), { about: "Baked spice and dried fig; November to February.", monthFactors: winter, tags: ["coffee", "seasonal"] }),
  product("coffee", "Coffee beans", "Cold Brew Coarse", 4, coffeeBags(1500), { about: "Ground coarse for the fridge.", monthFactors: summer, tags: ["coffee", "seasonal"] }),
  product("tea", "Tea", "Sencha Asamushi", 7, teaBags(1350), { about: "Lightly steamed first flush from Shizuoka.", monthFactors: spring }),
  product("tea", "Tea", "Genmaicha", 6, teaBags(950), { about: "Green tea with roasted rice." }),
  product("tea", "Tea", "Ceremonial Matcha", 4, [bag("30 g", 30, 2400), bag("100 g", 100, 6900)], { about: "Stone-milled in Uji.", monthFactors: spring }),
  product("tea", "Tea", "Earl Grey Bergamot", 7, teaBags(1050), { about: "Assam with real bergamot oil." }),
  product("tea", "Tea", "English Breakfast", 7, teaBags(950), { about: "Strong enough for milk." }),
  product("tea", "Tea", "Darjeeling First Flush", 3, teaBags(1800), { about: "Muscatel grape and spring flowers.", monthFactors: spring }),
  product("tea", "Tea", "Tieguanyin Oolong", 4, teaBags(1600), { about: "Orchid, cream, many infusions." }),
  product("tea", "Tea", "Aged Pu-erh", 3, teaBags(1900), { about: "Ten years in Yunnan: earth and dates." }),
  product("tea", "Tea", "Hibiscus Iced Tea", 5, teaBags(900), { about: "For the jug, with mint.", monthFactors: summer, tags: ["tea", "seasonal"] }),
  product("tea", "Tea", "Chamomile Meadow", 4, teaBags(850), { about: "Whole flowers, no caffeine." }),
  product("sampler", "Tasting sets", "Tasting Set: Six Coffees", 5, single(300, 2400), { about: "Six bags of 50 g and a card for notes." }),
  product("sampler", "Tasting sets", "Tasting Set: Eight Teas", 4, single(120, 2200), { about: "Eight tins of 15 g, from white to dark." }),
  product("gift", "Gifts", "Holiday Gift Box", 6, single(500, 4800), { about: "Two coffees, one tea, a mug, wrapped.", monthFactors: gifting, tags: ["gift", "seasonal"] }),
  product("gift", "Gifts", "Tea for Two", 3, single(200, 3600), { about: "Two teas and two cups.", monthFactors: gifting, tags: ["gift"] }),
  product("durable", "Brewing gear", "Gooseneck Kettle", 4, single(0, 7900), { about: "Holds its temperature to the degree." }),
  product("durable", "Brewing gear", "Burr Grinder", 4, single(0, 13900), { about: "Forty settings, from espresso to French press." }),
  product("durable", "Brewing gear", "Cast Iron Teapot", 3, single(0, 6400), { about: "Keeps a litre warm for an hour." }),
  product("durable", "Brewing gear", "Porcelain Dripper", 5, single(0, 2600), { about: "For one large cup or two small ones." }),
  product("durable", "Brewing gear", "Matcha Bowl and Whisk", 2, single(0, 4200), { about: "Bowl, whisk and scoop." }),
  product("supply", "Supplies", "Paper Filters, 100", 6, single(0, 900), { about: "Unbleached, fit the dripper." }),
];

export const VENDOR = "Regulars Roasters";
