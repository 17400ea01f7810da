# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""DATEX II of both versions, made here by the published schemas and what NDW gives."""

from collections.abc import Iterable

AT = "2026-01-01T12:00:00Z"

NAMES = {
    "flow": ("TrafficFlow", "vehicleFlow", "vehicleFlowRate"),
    "speed": ("TrafficSpeed", "averageVehicleSpeed", "speed"),
}


def quantity2(index: int, kind: str, value: object, more: str = "", inner: str = "") -> str:
    """A value as v2 writes it; `more`: attributes of its element, `inner`: what stands beside the number."""
    type, element, holder = NAMES[kind]
    return (
        f'<measuredValue index="{index}"><measuredValue><basicData xsi:type="{type}"><{element} {more}>{inner}'
        f"<{holder}>{value}</{holder}></{element}></basicData></measuredValue></measuredValue>"
    )


def site2(id: str, values: Iterable[str], at: str = AT) -> str:
    return (
        f'<siteMeasurements><measurementSiteReference id="{id}" version="1" targetClass="MeasurementSiteRecord"/>'
        f"<measurementTimeDefault>{at}</measurementTimeDefault>{''.join(values)}</siteMeasurements>"
    )


def measured2(*sites: str) -> bytes:
    return (
        '<SOAP:Envelope xmlns:SOAP="http://schemas.xmlsoap.org/soap/envelope/"><SOAP:Body>'
        '<d2LogicalModel modelBaseVersion="2" xmlns="http://datex2.eu/schema/2/2_0" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><payloadPublication xsi:type="MeasuredDataPublication">'
        f"<publicationTime>2026-01-01T12:01:00Z</publicationTime>{''.join(sites)}"
        "</payloadPublication></d2LogicalModel></SOAP:Body></SOAP:Envelope>"
    ).encode()


SPACES = " ".join(
    f'xmlns:{prefix}="http://datex2.eu/schema/3/{name}"'
    for prefix, name in {
        "mc": "messageContainer", "roa": "roadTrafficData", "com": "common", "loc": "locationReferencing",
    }.items()
)  # fmt: skip
BEGIN3 = f'<mc:messageContainer {SPACES} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" modelBaseVersion="3"><mc:payload>'
END3 = "</mc:payload></mc:messageContainer>"


def basic3(index: int, basic: str) -> str:
    return (
        f'<roa:physicalQuantity index="{index}"><roa:physicalQuantity xsi:type="roa:SinglePhysicalQuantity">'
        f"<roa:basicData>{basic}</roa:basicData></roa:physicalQuantity></roa:physicalQuantity>"
    )


def quantity3(index: int, kind: str, value: object) -> str:
    _, element, holder = NAMES[kind]
    return basic3(index, f'<roa:{element} accuracy="0.0"><com:{holder}>{value}</com:{holder}></roa:{element}>')


def site3(id: str, values: Iterable[str], at: str = AT) -> str:
    return (
        f'<roa:siteMeasurements><roa:measurementSiteReference targetClass="roa:MeasurementSite" id="{id}" version="1"/>'
        f"{''.join(values)}<roa:measurementTimeDefault><roa:timeValue>{at}</roa:timeValue></roa:measurementTimeDefault>"
        "</roa:siteMeasurements>"
    )


def measured3(*sites: str) -> bytes:
    return f"{BEGIN3}<com:publicationTime>{AT}</com:publicationTime>{''.join(sites)}{END3}".encode()


def mark3(index: int, kind: str, lane: str, vehicle: str = "anyVehicle", more: str = "") -> str:
    """What the table says of a value."""
    type = NAMES[kind][0]
    return (
        f'<roa:measurementSpecificCharacteristics index="{index}"><roa:measurementSpecificCharacteristics>'
        f"<roa:specificMeasurementValueType>{type[0].lower()}{type[1:]}</roa:specificMeasurementValueType>"
        f"<roa:specificLane>{lane}</roa:specificLane><roa:specificVehicleCharacteristics>"
        f"<com:vehicleType>{vehicle}</com:vehicleType>{more}</roa:specificVehicleCharacteristics>"
        "</roa:measurementSpecificCharacteristics></roa:measurementSpecificCharacteristics>"
    )


def record3(id: str, location: str, *marks: str) -> str:
    return (
        f'<roa:measurementSite id="{id}" version="1"><roa:measurementSiteName><com:values><com:value lang="nl">Weg {id}'
        f"</com:value></com:values></roa:measurementSiteName>{''.join(marks)}"
        f"<roa:measurementSiteLocation>{location}</roa:measurementSiteLocation></roa:measurementSite>"
    )


def point3(lat: object, lon: object, around: str = "loc:pointCoordinates") -> str:
    return f"<{around}><loc:latitude>{lat}</loc:latitude><loc:longitude>{lon}</loc:longitude></{around}>"


def table3(*records: str) -> bytes:
    return (
        f'{BEGIN3}<roa:measurementSiteTable id="NDW01_MT">{"".join(records)}</roa:measurementSiteTable>{END3}'.encode()
    )
