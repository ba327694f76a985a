/**
 * The tables of the research as they stand there (domain.md 3.2 to 3.4), written down a second time: what the program
 * brings along is compared with them. Left out are the rows of Ember, Electricity Maps and CO2.js, whose licences ask
 * that what is made of them be passed on under the same ones; the README of green-consumption says where they are.
 */

/** Name, value, basis, year. */
export const national = [
  ['GRID_CN/2021', '0.5568', 'CO2', 2021],
  ['GRID_CN/2022', '0.5366', 'CO2', 2022],
  ['GRID_CN/2023', '0.5306', 'CO2', 2023],
  ['GRID_CN_RESIDUAL/2021', '0.5942', 'CO2', 2021],
  ['GRID_CN_RESIDUAL/2022', '0.5856', 'CO2', 2022],
  ['GRID_CN_FOSSIL/2021', '0.8426', 'CO2', 2021],
  ['GRID_CN_FOSSIL/2022', '0.8325', 'CO2', 2022],
  ['GRID_CN_REPORTING/2021', '0.5810', 'CO2', 2021],
  ['GRID_CN_REPORTING/2022', '0.5703', 'CO2', 2022],
  ['GRID_CN_FOOTPRINT/2023', '0.6205', 'CO2E', 2023],
  ['GRID_CN_FOOTPRINT/2024', '0.5777', 'CO2E', 2024],
] as const;

const PROVINCES =
  '北京 .5688/.5580 · 天津 .7355/.7041 · 河北 .7901/.7252 · 山西 .7222/.7096 · 内蒙古 .7025/.6849 · 辽宁 .5876/.5626 · 吉林 .5629/.4932 · 黑龙江 .6342/.5368 · 上海 .5834/.5849 · 江苏 .6451/.5978 · 浙江 .5422/.5153 · 安徽 .7075/.6782 · 福建 .4711/.4092 · 江西 .5835/.5752 · 山东 .6838/.6410 · 河南 .6369/.6058 · 湖北 .3672/.4364 · 湖南 .5138/.4900 · 广东 .4715/.4403 · 广西 .5154/.4044 · 海南 .4524/.4184 · 重庆 .4743/.5227 · 四川 .1255/.1404 · 贵州 .5182/.4989 · 云南 .1235/.1073 · 陕西 .6336/.6558 · 甘肃 .4955/.4772 · 青海 .1326/.1567 · 宁夏 .6546/.6423 · 新疆 .6577/.6231';
const GRIDS =
  '华北 .7120/.6776 · 东北 .6012/.5564 · 华东 .5992/.5617 · 华中 .5354/.5395 · 西北 .5951/.5857 · 南方 .4326/.3869 · 西南 .2113/.2268';

/** The codes of GB/T 2260. */
const codes: Readonly<Record<string, string>> = {
  北京: '11',
  天津: '12',
  河北: '13',
  山西: '14',
  内蒙古: '15',
  辽宁: '21',
  吉林: '22',
  黑龙江: '23',
  上海: '31',
  江苏: '32',
  浙江: '33',
  安徽: '34',
  福建: '35',
  江西: '36',
  山东: '37',
  河南: '41',
  湖北: '42',
  湖南: '43',
  广东: '44',
  广西: '45',
  海南: '46',
  重庆: '50',
  四川: '51',
  贵州: '52',
  云南: '53',
  陕西: '61',
  甘肃: '62',
  青海: '63',
  宁夏: '64',
  新疆: '65',
};

const gridNames: Readonly<Record<string, string>> = {
  华北: 'NORTH',
  东北: 'NORTHEAST',
  华东: 'EAST',
  华中: 'CENTRAL',
  西北: 'NORTHWEST',
  南方: 'SOUTH',
  西南: 'SOUTHWEST',
};

const rowsOf = (text: string, codeOf: (name: string) => string) =>
  text.split(' · ').map((row) => {
    const [, name = '', in2021 = '', in2022 = ''] = /^(\S+) (\S+)\/(\S+)$/.exec(row) ?? [];
    return [codeOf(name), `0${in2021}`, `0${in2022}`] as const;
  });

/** Code, kg CO2/kWh in 2021, and in 2022. */
export const provinces = rowsOf(PROVINCES, (name) => `GRID_${codes[name]}0000`);
export const grids = rowsOf(GRIDS, (name) => `GRID_CN_${gridNames[name]}`);

/** Name, value, unit. */
export const inputs = [
  ['CAR_PETROL/2024', '0.1645', 'kg/vkm'],
  ['CAR_HYBRID/2024', '0.12607', 'kg/vkm'],
  ['CAR_ANY_FUEL/2021', '0.17148', 'kg/vkm'],
  ['CAR_PETROL/2021', '0.17431', 'kg/vkm'],
  ['CAR_DIESEL/2021', '0.16843', 'kg/vkm'],
  ['CAR_ELECTRIC_UK/2021', '0.05031', 'kg/vkm'],
  ['BUS/2024', '0.10846', 'kg/pkm'],
  ['BUS/2021', '0.10227', 'kg/pkm'],
  ['METRO_LONDON/2024', '0.0278', 'kg/pkm'],
  ['METRO_LONDON/2021', '0.02781', 'kg/pkm'],
  ['TRAM/2021', '0.02813', 'kg/pkm'],
  ['RAIL/2024', '0.03546', 'kg/pkm'],
  ['RAIL/2021', '0.03549', 'kg/pkm'],
  ['COACH/2024', '0.02717', 'kg/pkm'],
  ['COACH/2021', '0.02684', 'kg/pkm'],
  ['TAXI/2021', '0.14876', 'kg/pkm'],
  ['CAR_BEIJING/2019', '0.2718', 'kg/pkm'],
  ['METRO_BEIJING/2019', '0.0614', 'kg/pkm'],
  ['CAR_TO_BUS_BEIJING/1', '4', 'ratio'],
  ['CAR_TO_METRO_BEIJING/1', '7', 'ratio'],
  ['HOTEL_NIGHT/2021', '62.9', 'kg/room-night'],
  ['PETROL/2024', '2.1527', 'kg/litre'],
  ['FOOD_BEEF/2018', '99.48', 'kg/kg'],
  ['FOOD_PORK/2018', '12.31', 'kg/kg'],
  ['FOOD_CHICKEN/2018', '9.87', 'kg/kg'],
  ['FOOD_TOFU/2018', '3.16', 'kg/kg'],
  ['CLOTHES_T_SHIRT/2018', '7.67', 'kg/item'],
  ['CLOTHES_SHIRT/2018', '12.5', 'kg/item'],
  ['CLOTHES_JEANS/2018', '25', 'kg/item'],
  ['CLOTHES_SWEATER/2018', '30.6', 'kg/item'],
  ['CLOTHES_COAT/2018', '51', 'kg/item'],
  ['CLOTHES_DRESS/2018', '54.3', 'kg/item'],
  ['CLOTHES_SHOES/2018', '18', 'kg/item'],
  ['DEVICE_SMARTPHONE/2019', '80', 'kg/item'],
  ['DEVICE_TABLET/2019', '87', 'kg/item'],
  ['DEVICE_LAPTOP/2019', '210', 'kg/item'],
  ['DEVICE_TV/2019', '500', 'kg/item'],
  ['CUP_PAPER_CN/2016', '52.4', 'g/use'],
  ['CUP_PAPER_CHAIN_LOW/2016', '39.4', 'g/use'],
  ['CUP_PAPER_CHAIN_HIGH/2016', '42.3', 'g/use'],
  ['CUP_REUSED/2016', '1.69', 'g/use'],
] as const;

/**
 * Code, grams, unit, basis, confidence. EV_KWH takes CO2 off CO2e there: it is in the tables, and not claimed. The research rounds cycling up to 51 g; the exact product is 50.995 g, and
 * grams are rounded down. A saving that has no number stands with 0 and is not claimed.
 */
export const savings = [
  ['METRO_KM', 103, 'km', 'CO2E', 'C'],
  ['METRO_TRIP', 515.5, 'trip', 'CO2E', 'B'],
  ['BUS_KM', 56, 'km', 'CO2E', 'C'],
  ['BIKE_KM', 50, 'km', 'CO2E', 'C'],
  ['WALK_KM', 50, 'km', 'CO2E', 'C'],
  ['EV_KWH', 380, 'kWh', 'CO2E', 'C'],
  ['GREEN_KWH', 530.6, 'kWh', 'CO2', 'A−'],
  ['NO_CUTLERY', 38, 'order', 'CO2E', 'C'],
  ['HOTEL_NODISP', 203.2, 'order', 'CO2E', 'C'],
  ['OWN_CUP', 37, 'cup', 'CO2E', 'C'],
  ['E_INVOICE', 5, 'invoice', 'CO2E', 'C'],
  ['BOX_REUSE', 37, 'box', 'CO2E', 'B−'],
  ['CLOTHES_KG', 3600, 'kg', 'CO2E', 'C'],
  ['PHONE_REUSE', 25_000, 'piece', 'CO2E', 'C'],
  ['SECONDHAND', 0, 'item', 'CO2E', 'D'],
  ['EWASTE_KG', 4700, 'kg', 'CO2E', 'C'],
  ['PAPER_KG', 1500, 'kg', 'CO2E', 'D'],
  ['LABEL1_KWH', 530.6, 'kWh', 'CO2', 'A−'],
  ['PLANT_MEAL', 670, '100 g', 'CO2E', 'C'],
  ['REFILL', 0, 'piece', 'CO2E', 'D'],
  ['ORGANIC', 0, 'kg', 'CO2E', 'D'],
  ['ETC', 23, 'pass', 'CO2E', 'D'],
];
