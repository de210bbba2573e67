"""Spellings of places that must meet in the gazetteer, and names that must not."""

from __future__ import annotations

import pytest

from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.names import fold

MEET = """
Deir el-Zour = Deir ez-Zor = Dayr az Zawr = Deir Ezzor = Deir al-Zor = دير الزور = Дейр-эз-Зор
Mayadeen = Al Mayādīn = Mayadin = al-Mayadin = الميادين
Homs = Hums = Hims = Ḩimş = حمص = Хомс
Hama = Hamah = Ḩamāh = حماة
Aleppo = Alep = Halab = حلب = Алеппо = חאלב
Kobani = Kobane = Kobanê = Ayn al-Arab = عين العرب
Raqqa = Raqa = Ar-Raqqah = al-Raqqa = Rakka = الرقة
Idlib = Edlib = Idleb = إدلب
Latakia = Lattakia = Ladhiqiyah = اللاذقية
Damascus = Dimashq = Damas = دمشق = Дамаск
Daraa = Deraa = Dara'a = Dar‘ā = درعا
Hasakah = Hassakeh = Al-Hasaka = الحسكة
Qamishli = Kamishly = Al-Qamishli = Qamishlo = القامشلي
Al-Bukamal = Abu Kamal = Albukamal = Boukamal = البوكمال
Palmyra = Tadmur = Tadmor = تدمر = Пальмира
Khan Sheikhoun = Khan Shaykhun = Khan Sheikhun = خان شيخون
Saraqib = Saraqeb
Maarat al-Numan = Ma'arrat an Nu'man = Maarrat al-Nouman
Jisr al-Shughour = Jisr ash Shughur = Jisr al-Shughur
Manbij = Membij = منبج
Afrin = Efrin = عفرين
Tartus = Tartous = طرطوس
Douma = Duma = دوما
Salamiyah = Salamiyeh = As Salamīyah
Sweida = As Suwayda = Suwaida = السويداء
Quneitra = Al Qunaytirah = Qunaitra
Tal Abyad = Tell Abiad = Tall Abyad
Al-Rastan = Ar Rastan = Rastan
Talbiseh = Talbisah
Mosul = Mawsil = Al Mawşil = الموصل = Мосул
Baghdad = Bagdad = بغداد = Багдад = בגדאד
Fallujah = Falluja = الفلوجة
Ramadi = Ar Ramādī = الرمادي
Tikrit = تكريت
Kirkuk = Karkuk = كركوك
Basra = Basrah = Al Başrah = البصرة
Tal Afar = Telafar = Tall ‘Afar
Sinjar = Shingal
Erbil = Irbil = Arbil = أربيل
Sulaymaniyah = Sulaimani = Slemani = السليمانية
Karbala = Kerbala = كربلاء
Samarra = Sāmarrā’
Sanaa = Sana'a = صنعاء
Aden = Adan = عدن
Hodeidah = Al Hudaydah = Hodeida = الحديدة
Taiz = Ta'izz = تعز
Tripoli = Tarabulus = طرابلس
Benghazi = Banghazi = بنغازي
Misrata = Misratah = مصراتة
Sirte = Surt = سرت
Khartoum = Al Khartum = الخرطوم
Omdurman = Umm Durman = أم درمان
El Fasher = Al-Fashir = الفاشر
Gaza = Ghazzah = غزة = עזה
Khan Younis = Khan Yunis = خان يونس
Jerusalem = Al-Quds = القدس = ירושלים
Haifa = Hefa = חיפה
Kandahar = Qandahar = قندهار
Kabul = کابل
Herat = هرات
Mazar-i-Sharif = Mazar-e Sharif = مزار شریف
Kunduz = Qonduz = Kondoz
Kyiv = Kiev = Київ = Киев
Kharkiv = Kharkov = Харків = Харьков
Mariupol = Маріуполь = Мариуполь
Donetsk = Донецьк = Донецк
Luhansk = Lugansk = Луганськ
Zaporizhzhia = Zaporozhye = Запоріжжя
Mykolaiv = Nikolaev = Миколаїв
Odesa = Odessa = Одеса
Sievierodonetsk = Severodonetsk
Bakhmut = Бахмут
Kherson = Херсон
Mogadishu = Muqdisho = Mogadiscio
Kismayo = Kismaayo
Beledweyne = Beletweyne
Tehran = Teheran = تهران
Isfahan = Esfahan = اصفهان
Beirut = Beyrouth = بيروت
Sidon = Saida = صيدا
Tyre = Sour = صور
Timbuktu = Tombouctou
Diyarbakir = Diyarbakır
Gaziantep = Antep
Grozny = Грозный
"""

APART = """
Aden / Adana
Homs / Hama
Mosul / Basra
Aleppo / Aleksin
Rafah / Raqqa
Kabul / Kerbala
Kabul / Zabul
Gaza / Ghazni
Duma / Dumayr
Taiz / Tabriz
Derna / Daraa
Sirte / Sharjah
Tyre / Tyumen
Niger / Nigeria
Iran / Iraq
Oman / Amman
Jordan / Georgia
Chad / Chita
Marib / Maribor
Donetsk / Dnipro
Luhansk / Lutsk
Kherson / Kharkiv
Odesa / Odense
Idlib / Irbid
Azaz / Abaza
Manbij / Mansoura
Baghdad / Baghlan
Kunduz / Kunar
Misrata / Masyaf
Sanaa / Sanandaj
Tartus / Tarsus
Jenin / Jinan
Palmyra / Palma
Mariupol / Marjayoun
Kirkuk / Karak
Ramadi / Ramallah
Bamako / Bangui
Latakia / Larkana
Sinjar / Sinnar
Baiji / Beijing
Mecca / Mocha
"""
PAIRS = [
    (first.strip(), other.strip())
    for row in MEET.strip().splitlines()
    for first, *others in [row.split(" = ")]
    for other in others
]


def found(gazetteer: Gazetteer, name: str) -> set[str]:
    """The ids of the places that go by a name, but for names that they borrow."""
    return {r.gazetteer_id for r in gazetteer.lookup(name) if r.tier < 2}


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda s: s)
def test_spellings_of_one_place_meet(gazetteer: Gazetteer, one: str, other: str) -> None:
    assert found(gazetteer, one) & found(gazetteer, other)


@pytest.mark.parametrize(("one", "other"), [row.split(" / ") for row in APART.strip().splitlines()], ids=lambda s: s)
def test_different_places_stay_apart(gazetteer: Gazetteer, one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert not found(gazetteer, one) & found(gazetteer, other)


@pytest.mark.parametrize(
    ("spelling", "identity"),
    [
        ("Takrit", "Tikrit"),
        ("al-Qseir", "Qusayr"),
        ("Teldau", "Talldaww"),
        ("Mareea", "Māri‘"),
        ("Zabadaani", "Az Zabadānī"),
        ("Khan Shaikhon", "Khān Shaykhūn"),
    ],
)
def test_spellings_that_nobody_lists_are_found_by_likeness(gazetteer: Gazetteer, spelling: str, identity: str) -> None:
    alike = {r.gazetteer_id for r in gazetteer.lookup(spelling, fuzzy=True)}
    assert alike & found(gazetteer, identity)


def test_the_tables_are_as_long_as_they_claim() -> None:
    assert len(PAIRS) >= 60
    assert len(APART.strip().splitlines()) >= 30
