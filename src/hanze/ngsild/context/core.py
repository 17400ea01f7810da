# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The terms of the ETSI core @context, all versions from 1.0 to 1.9 in one table; it is built in, so no node fetches it.

A term that a later version gave another IRI has the later one. Source: ETSI GS CIM 009, annex B of each version.
"""

from hanze.ngsild.entity import CORE

GEOJSON = "https://purl.org/geojson/vocab#"
DUBLIN_CORE = "http://purl.org/dc/terms/"

_OWN_NAME = """
Attribute AttributeList ContextSourceIdentity ContextSourceNotification ContextSourceRegistration Date DateTime
EntityMap EntityType EntityTypeInfo EntityTypeList ExecutionResultDetails GeoProperty JsonProperty
LanguageProperty ListProperty ListRelationship Notification Property Relationship Snapshot SnapshotNotification
Subscription TemporalProperty Time VocabProperty VocabularyProperty accept aggrMethods aggrParams
aggrPeriodDuration attributeCount attributeDetails attributeList attributeName attributeNames attributeTypes
attributes attrs avg cacheDuration collation contextSourceAlias contextSourceExtras contextSourceInfo
contextSourceTimeAt contextSourceUptime cooldown createdAt csf data datasetId deletedAt detail distinctCount
endAt endTimeAt endpoint entities entity entityCount entityId entityList error errors expandValues expiresAt
format geoQ geoproperty georel idPattern information instanceId isActive join jsonKeys jsonldContext jsons lang
lastFailure lastN lastNotification lastSuccess lastUsedAt linkedMaps localOnly location management
managementInterval max min mode modifiedAt ngsildConformance ngsildproof notUpdated notification
notificationTrigger notifiedAt notifierInfo observationInterval observationSpace observedAt omit operationSpace
operations orderBy ordering pick problemDetails propertyNames q reason receiverInfo refreshRate registrationId
registrationName relationshipNames resultStatus scope scopeQ showChanges snapshotId snapshotLifetime
snapshotPriority snapshotQueries snapshotQueriesDetails snapshotStatus snapshotTemporalQueries
snapshotTemporalQueriesDetails startAt status stddev subscriptionId subscriptionName success sum sumsq sysAttrs
temporalQ tenant throttling timeAt timeInterval timeout timeproperty timerel timesFailed timesSent totalCount
triggerReason typeList typeName typeNames unchanged unitCode updated uri watchedAttributes
"""

_HAS = {
    "value": "Value", "object": "Object", "values": "Values", "objects": "Objects", "key": "Key", "vocab": "Vocab",
    "languageMap": "LanguageMap", "languageMaps": "LanguageMaps", "previousLanguageMap": "PreviousLanguageMap",
    "previousObject": "PreviousObject", "previousValue": "PreviousValue", "dataset": "Dataset", "vocabs": "Vocabs",
    "previousVocab": "PreviousVocab", "entityMap": "EntityMap", "joinLevel": "JoinLevel", "json": "JSON",
    "objectList": "ObjectList", "objectsLists": "ObjectsLists", "objectLists": "ObjectLists", "objectType": "ObjectType",
    "previousJson": "PreviousJson", "previousObjectList": "PreviousObjectList", "valueList": "ValueList",
    "previousValueList": "PreviousValueList", "valueLists": "ValueLists", "valueType": "ValueType",
    "entityMapLifetime": "EntityMapLifetime", "splitEntities": "SplitEntities",
}  # fmt: skip

_GEOJSON = """
Feature FeatureCollection GeometryCollection LineString MultiLineString MultiPoint MultiPolygon Point Polygon bbox
coordinates features geometry geometryProperty properties
"""

PREFIXES = {"ngsi-ld": CORE, "geojson": GEOJSON}

TERMS: dict[str, str] = {
    **PREFIXES,
    **{name: CORE + name for name in _OWN_NAME.split()},
    **{name: f"{CORE}has{rest}" for name, rest in _HAS.items()},
    **{name: GEOJSON + name for name in _GEOJSON.split()},
    "title": DUBLIN_CORE + "title",
    "description": DUBLIN_CORE + "description",
    "id": "@id",
    "type": "@type",
    "containedBy": CORE + "isContainedBy",
    "langString": "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
}
"""Term to IRI; `id` and `type` are the keywords of JSON-LD."""

DROPPED = {name: CORE + name for name in ("end", "endTime", "expires", "name", "relationships", "start", "time")}
"""Terms that only version 1.0 has: they count where a context names that version, and do not override a user's."""
