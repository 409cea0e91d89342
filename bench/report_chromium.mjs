// SPDX-License-Identifier: Apache-2.0
// Writes the leaves of bench_report_pages as one HTML page for Chromium to print (report_chromium.sh).
const children = Number(process.argv[2] ?? 200);
const fills = ['#A93E27', '#2A6BBF', '#3B9A80', '#7F4478', '#B57D20'];
const names = ['品德发展', '学业发展', '身心发展', '审美素养', '劳动与社会实践'];
const marks = ['德', '学', '身', '美', '劳'];
const bands = ['待提高', '合格', '良好', '优秀'];
const families = ['苏', '陈', '欧阳', '李', '赵', '周', '买买提·', '林'];
const given = ['禾', '子墨', '小满', '一诺', '思源', '安然', '艾力', '知夏'];
const deeds = ['坚持做家务和值日', '每周读书和写摘记', '参加跳绳和长跑', '帮小组整理实验台', '在合唱团排练', '照看班里的植物角'];
const pick = (n, step, of) => (n * step + Math.floor(n / 7)) % of;

function arc(from, to, inner, outer) {
    const at = (a, r) => `${(70 + r * Math.cos(a)).toFixed(2)} ${(70 + r * Math.sin(a)).toFixed(2)}`;
    return `M${at(from, outer)}A${outer} ${outer} 0 0 1 ${at(to, outer)}L${at(to, inner)}A${inner} ${inner} 0 0 0 ${at(from, inner)}Z`;
}

function slice(n) {
    let svg = '';
    for (let i = 0; i < 5; i++) {
        const middle = -Math.PI / 2 + (2 * Math.PI * i) / 5;
        for (let layer = 0; layer < 4; layer++) {
            const inner = 12 + 13.5 * layer;
            const filled = layer <= pick(n, i + 3, 4);
            svg += `<path d="${arc(middle - 0.6, middle + 0.6, inner, inner + 12.4)}" fill="${fills[i]}" fill-opacity="${filled ? 0.38 + 0.2 * layer : 0.06}" stroke="${fills[i]}" stroke-width=".6"/>`;
        }
        svg += `<path d="${arc(middle - 0.56, middle + 0.56, 52, 52)}" fill="none" stroke="#2A2320" stroke-width="1.5" stroke-dasharray="0 3" stroke-linecap="round"/>`;
        svg += `<text x="${70 + 31 * Math.cos(middle)}" y="${74 + 31 * Math.sin(middle)}" text-anchor="middle" font-size="11.5">${marks[i]}</text>`;
    }
    return `<svg class="slice" width="140pt" height="140pt" viewBox="0 0 140 140">${svg}</svg>`;
}

function ladder(n, i) {
    const band = pick(n, i + 3, 4);
    let svg = '';
    for (let b = 0; b < 4; b++) {
        svg += `<rect x="${1 + 39 * b}" y="1" width="37" height="14" rx="2.5" fill="${b <= band ? fills[i] : 'none'}" fill-opacity="${0.38 + 0.2 * b}" stroke="${fills[i]}"/>`;
    }
    svg += `<path d="M${42} 19h33" stroke="#2A2320" stroke-width="1.4" stroke-dasharray="0 3" stroke-linecap="round"/>`;
    svg += `<path d="M${20 + 39 * band - 14} 24h26" stroke="${fills[i]}" stroke-width="2.2"/><circle cx="${20 + 39 * band}" cy="24" r="3.1" fill="${fills[i]}"/>`;
    return `<svg width="158pt" height="28pt" viewBox="0 0 158 28">${svg}</svg>`;
}

function strata(n) {
    const total = new Array(21).fill(0);
    let svg = '';
    const layers = [];
    for (let i = 0; i < 5; i++) {
        let sum = 0;
        for (let w = 1; w <= 20; w++) {
            sum += w === 5 ? 0 : pick(n, w + i * 3, 4);
            total[w] += sum;
        }
        layers.push(total.slice());
    }
    const top = Math.max(1, layers[4][20]);
    for (let i = 4; i >= 0; i--) {
        let d = 'M26 160';
        for (let w = 1; w <= 20; w++) {
            const y = (v) => (160 - (150 * layers[i][v]) / top).toFixed(2);
            const x = (v) => (26 + 17.2 * v).toFixed(2);
            d += `C${x(w - 0.67)} ${y(w - 1)} ${x(w - 0.33)} ${y(w)} ${x(w)} ${y(w)}`;
        }
        svg += `<path d="${d}L370 160Z" fill="${fills[i]}" stroke="#fff"/><text x="380" y="${150 - 28 * i}" font-size="10.5" fill="${fills[i]}">${names[i]} ${n % 30} 条</text>`;
    }
    for (let w = 1; w <= 20; w += 2) svg += `<text x="${18 + 17.2 * w}" y="174" text-anchor="middle" font-size="9">${w}周</text>`;
    return `<svg width="505pt" height="180pt" viewBox="0 0 505 180">${svg}</svg>`;
}

function leaf(n) {
    const name = families[pick(n, 3, 8)] + given[pick(n, 5, 8)];
    const rows = [4, 1, 0, 3, 2].map((i) => `<tr><td><b style="background:${fills[i]}">${marks[i]}</b> ${names[i]}</td><td class="band" style="color:${fills[i]}">${bands[pick(n, i + 3, 4)]}</td><td>${ladder(n, i)}</td><td>${60 + pick(n, i + 2, 40)}%</td><td>和上学期同档</td></tr>`).join('');
    const foot = (page) => `<footer>公示 2027年1月12日至18日，无异议 · 2027年1月19日归档<br>规则：国家指标 2021 版、校本 3 版 · 校验码 8f3a c21e 90b4 ${1000 + n}<br>陆青 于 2027年1月20日 10:32 制作 · 编号 E-2027-0041<span>第 ${page} 页，共 2 页</span></footer>`;
    return `<section>${slice(n)}<p>云溪区 · 澄溪小学 · 2026—2027 学年上学期</p><p class="title">学生综合素质报告书</p><h1>${name}</h1><p>四年级2班 学号 ${n}</p><p>这学期记下 107 条，劳动与社会实践和审美素养比上学期高一档。</p>
<h2>这学期的长处</h2><p>${deeds[pick(n, 1, 6)]}，20 周里有 ${8 + pick(n, 1, 12)} 周 <small>41 条记录，家长和老师都确认过</small></p><p>${deeds[pick(n, 5, 6)]}，得到 ${2 + pick(n, 7, 9)} 次肯定 <small>第 9 周，范老师记录</small></p><p>读完 12 本书，其中《草房子》写了读后感 <small>52 条记录</small></p>
<h2>五项内容</h2><table><tr><th></th><th></th><th>待提高 合格 良好 优秀</th><th>证据覆盖</th><th>和自己上学期比</th></tr>${rows}</table><small>点线是上学期的等第；圆点是现在，粗线是可能的范围；斜纹表示证据偏少，等第只作参考。本页不含总分和名次，也不与其他同学比较。</small>${foot(1)}</section>
<section><p>${name} 四年级2班 澄溪小学 · 2026—2027 学年上学期</p><h2>一周一层，慢慢长</h2>${strata(n)}<p>第 3 周 第一次独立做饭，请外婆尝了番茄炒蛋</p><p>第 9 周 画的京剧脸谱进了校园画展</p><p>第 16 周 种的豆苗长到 14 厘米，四个月没忘过浇水</p>
<h2>班主任的话</h2><p>${name}${deeds[pick(n, 1, 6)]}，一件一件都记在这里。新学期愿你把喜欢的事接着做下去，也把${deeds[pick(n, 2, 6)]}试一试。</p><h2>家长的话</h2><hr><hr><hr><h2>我想说</h2><hr><hr><hr>${foot(2)}</section>`;
}

let html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
@page{size:A4;margin:0}body{margin:0;font:12.5pt "LXGW WenKai","Noto Sans CJK SC";color:#2A2320}
section{position:relative;width:505pt;height:741pt;padding:45pt;page-break-after:always;overflow:hidden}
.slice{float:right}.title{font-size:17pt;color:#5E534C}h1{font-size:34pt;margin:0;font-weight:400}h2{font-size:16pt;font-weight:400}
small,th,footer{font-size:9.5pt;color:#5E534C;font-weight:400}table{width:100%;border-collapse:collapse}td{border-top:.6pt solid #E0D5C6;padding:6pt 2pt}
td b{color:#fff;border-radius:50%;padding:3pt;font-weight:400}.band{font-size:15pt}hr{border:0;border-bottom:.6pt solid #BCAE9C;margin:26pt 0 0}
footer{position:absolute;left:45pt;right:45pt;bottom:45pt;border-top:.5pt solid #BCAE9C}footer span{float:right}</style>`;
for (let n = 1; n <= children; n++) html += leaf(n);
process.stdout.write(html);
