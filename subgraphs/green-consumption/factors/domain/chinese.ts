import type { Locale } from '../../../../shared/graphql/wording.ts';

/** The sources and units of what comes with the program, as a Chinese report names them. */
const inChinese: Readonly<Record<string, string>> = {
  'UK DESNZ/DEFRA conversion factors 2024 (petrol car); MEE and NBS, national average power CO2 factor 2023, published 2025-12-31; method of T/CSAE 235-2021':
    '英国 DESNZ/DEFRA 2024 年换算因子（汽油车）；生态环境部、国家统计局 2023 年全国电力平均二氧化碳排放因子，2025-12-31 发布；方法参照 T/CSAE 235-2021',
  'UK DESNZ/DEFRA conversion factors 2024 (petrol car); MEE, NBS and NEA, carbon footprint of electricity 2024; method of T/CSAE 235-2021':
    '英国 DESNZ/DEFRA 2024 年换算因子（汽油车）；生态环境部、国家统计局、国家能源局 2024 年电力碳足迹因子；方法参照 T/CSAE 235-2021',
  'Guangzhou metro 2015, 气候变化研究进展 2017, 13(3)':
    '广州地铁 2015 年数据，《气候变化研究进展》2017, 13(3)',
  'UK DESNZ/DEFRA conversion factors 2024 (petrol car); Beijing Municipal Commission of Transport, 2019-12 (metro)':
    '英国 DESNZ/DEFRA 2024 年换算因子（汽油车）；北京市交通委 2019-12（地铁）',
  'UK DESNZ/DEFRA conversion factors 2024 (petrol car) and local bus':
    '英国 DESNZ/DEFRA 2024 年换算因子（汽油车、地方公交）',
  'UK DESNZ/DEFRA conversion factors 2024 (petrol car); report on shared electric bicycles, 2021':
    '英国 DESNZ/DEFRA 2024 年换算因子（汽油车）；共享电单车报告，2021',
  'Meituan, public figures of 2024-08 and 2024-10': '美团公开数据，2024-08、2024-10',
  'Meituan, 2024-09': '美团，2024-09',
  'WikiFootprints, compilation of life-cycle assessments of 2013 to 2016':
    'WikiFootprints，2013 至 2016 年生命周期评价汇编',
  'Ant Forest, public table of green energy': '蚂蚁森林公开的绿色能量表',
  'State Post Bureau figures; Cainiao 2019': '国家邮政局数据；菜鸟 2019',
  'BIR / Copenhagen study 2008': 'BIR／哥本哈根研究，2008',
  'Estimate of an expert in the press: at least about 25 kg': '媒体引述的专家估算：至少约 25 kg',
  'Data of an association, 2023: 每回收1吨废旧家电减少约4.7吨':
    '协会数据，2023：每回收 1 吨废旧家电减少约 4.7 吨',
  'Poore and Nemecek 2018, Science 360, by Our World in Data':
    'Poore 与 Nemecek，2018，Science 360，据 Our World in Data',
  'MEE and NBS, national average power CO2 factor 2023, published 2025-12-31':
    '生态环境部、国家统计局 2023 年全国电力平均二氧化碳排放因子，2025-12-31 发布',
  'MEE and NBS, announcement 2024 No. 33 (生态环境部、国家统计局公告2024年第33号)':
    '生态环境部、国家统计局公告 2024 年第 33 号',
  'Group standards of 中国循环经济协会, 2023-09': '中国循环经济协会团体标准，2023-09',
  'Press, 2025': '媒体报道，2025',
  'A vendor: refill systems about 25 % lower': '厂商资料：替换装约低 25%',
  'None that agrees with the others': '各来源互不一致',
  'Ant Forest, public table of green energy; draft of T/ACEF':
    '蚂蚁森林公开的绿色能量表；T/ACEF 征求意见稿',
  'UK DESNZ/DEFRA conversion factors 2024: average petrol car, 0.1645 kg CO2e per vehicle-km':
    '英国 DESNZ/DEFRA 2024 年换算因子：普通汽油车，每车公里 0.1645 kg CO2e',
  'MEE, NBS and NEA, carbon footprint of electricity 2024: 0.5777 kg CO2e per kWh':
    '生态环境部、国家统计局、国家能源局 2024 年电力碳足迹：每千瓦时 0.5777 kg CO2e',
  ...{ trip: '次', order: '单', cup: '杯', invoice: '张', box: '个', piece: '件' },
  ...{ item: '件', pass: '次', km: '公里', kWh: '千瓦时', kg: '千克', '100 g': '100 克' },
};

/** A source or unit in the language of a reader; what an operator published is as it was written. */
export const toldIn = (locale: Locale, text: string): string =>
  locale === 'zh-CN' ? (inChinese[text] ?? text) : text;
