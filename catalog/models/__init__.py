"""What we sell. Direction: category, brand ← product ← picture, sku ← stock, price history; import runs stand apart.

What shoppers say and keep: moderated ← review, question ← report; favourite, viewed product; recommendation.
"""

from catalog.models.attribute import Attribute, AttributeChoice
from catalog.models.banner import Banner
from catalog.models.brand import Brand
from catalog.models.category import Category
from catalog.models.category_rule import CategoryRule
from catalog.models.credential import Licence, Proof
from catalog.models.dealt_price import DealtPrice
from catalog.models.export_run import ExportRun
from catalog.models.favourite import Favourite, StockAlert
from catalog.models.guest_views import GuestViews
from catalog.models.guide import Guide, GuideProduct, Topic
from catalog.models.home_block import HomeBlock, HomeBlockProduct
from catalog.models.import_run import ImportRow, ImportRun
from catalog.models.listing_change import ListingChange
from catalog.models.listing_check import ListingCheck
from catalog.models.listing_review import ListingReview
from catalog.models.listing_timer import ListingTimer
from catalog.models.listing_video import ListingVideo
from catalog.models.moderated import Moderated
from catalog.models.picture import Picture
from catalog.models.price_change import PriceChange
from catalog.models.product import Product, Specification
from catalog.models.question import Answer, Question
from catalog.models.recommendation import (
    Companions,
    PopularList,
    RecommendationFeedback,
    RecommendationWeights,
    ShopperEvent,
)
from catalog.models.report import Report
from catalog.models.review import FollowUp, HelpfulVote, Review, ReviewPicture
from catalog.models.review_invitation import ReviewInvitation
from catalog.models.search_log import FruitlessSearch, PastSearch, SearchLog
from catalog.models.search_row import SearchRow
from catalog.models.search_rules import SearchWeights, StopWord, Synonym
from catalog.models.search_term import SearchTerm
from catalog.models.shelf_offer import ShelfOffer
from catalog.models.size_guide import SizeGuide
from catalog.models.sku import Sku
from catalog.models.spot_check import SpotCheck, SpotCheckRound
from catalog.models.standing import MerchantStanding, Objection, StandingEntry, StandingLevel
from catalog.models.stock import Reservation, Stock, StockMovement, Warehouse
from catalog.models.stock_outlook import StockOutlook, StockPolicy
from catalog.models.stock_take import StockTake, StockTakeLine
from catalog.models.term import Term
from catalog.models.viewed_product import ShopperChoice, ViewedProduct
from catalog.models.word_rule import WordRule

__all__ = [
    "Answer",
    "Attribute",
    "AttributeChoice",
    "Banner",
    "Brand",
    "Category",
    "CategoryRule",
    "DealtPrice",
    "Companions",
    "ExportRun",
    "Favourite",
    "FollowUp",
    "FruitlessSearch",
    "GuestViews",
    "Guide",
    "GuideProduct",
    "HelpfulVote",
    "HomeBlock",
    "HomeBlockProduct",
    "ImportRow",
    "ImportRun",
    "Licence",
    "ListingChange",
    "ListingCheck",
    "ListingReview",
    "MerchantStanding",
    "ListingTimer",
    "ListingVideo",
    "Moderated",
    "Objection",
    "PastSearch",
    "Picture",
    "PopularList",
    "PriceChange",
    "Product",
    "Proof",
    "Question",
    "RecommendationFeedback",
    "RecommendationWeights",
    "Report",
    "Reservation",
    "Review",
    "ReviewInvitation",
    "ReviewPicture",
    "SearchLog",
    "SearchRow",
    "SearchTerm",
    "SearchWeights",
    "ShopperChoice",
    "ShopperEvent",
    "ShelfOffer",
    "SizeGuide",
    "Sku",
    "Specification",
    "SpotCheck",
    "SpotCheckRound",
    "StandingEntry",
    "StandingLevel",
    "Stock",
    "StockAlert",
    "StockMovement",
    "StockOutlook",
    "StockPolicy",
    "StockTake",
    "StockTakeLine",
    "StopWord",
    "Synonym",
    "Term",
    "Topic",
    "ViewedProduct",
    "Warehouse",
    "WordRule",
]
