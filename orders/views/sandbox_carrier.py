"""The test carrier's desk: takes subscriptions as Kuaidi100's poll address does."""

from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orders.carriers import sandbox_road
from orders.views.sandbox_bank import only_in_the_sandbox


@csrf_exempt
@only_in_the_sandbox
@require_POST
def carrier_desk(request):
    try:
        code = sandbox_road.subscribe(request.POST.get("param", ""))
    except (ValueError, KeyError, IndexError, TypeError):
        return JsonResponse({"result": False, "returnCode": "700", "message": "订阅数据有误"})
    return JsonResponse({"result": True, "returnCode": code, "message": "提交成功"})
