"""When something is not right. Direction: return request ← line, photo, postage, remark."""

from aftersales.models.return_line import ReturnLine
from aftersales.models.return_photo import ReturnPhoto
from aftersales.models.return_postage import ReturnPostage
from aftersales.models.return_remark import ReturnRemark
from aftersales.models.return_request import ReturnRequest

__all__ = ["ReturnLine", "ReturnPhoto", "ReturnPostage", "ReturnRemark", "ReturnRequest"]
